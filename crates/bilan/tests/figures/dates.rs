//! French dates, seen from Wednesday 21 May 2031 unless a case says otherwise. All sentences are invented.

use super::{READER, check, dates, document};
use bilan::mention::Look;

fn seen_from(published: Option<&'static str>, look: Look) -> impl Fn(&str) -> Vec<String> {
    move |text| dates(&READER.mentions(&document("fr", text, published), look))
}

#[test]
fn looking_back() {
    check(
        &[
            ("Le 19 mars 2029, la ville brûle.", &["Le 19 mars 2029 = 2029-03-19"]),
            ("Le 21 septembre, la ville brûle.", &["Le 21 septembre = 2030-09-21"]),
            ("Le 2 mars dernier, la ville brûle.", &["Le 2 mars dernier = 2031-03-02"]),
            ("Le 1er mai, la ville brûle.", &["Le 1er mai = 2031-05-01"]),
            ("En mars 2029, la ville brûle.", &["En mars 2029 = 2029-03-01/2029-03-31"]),
            ("En 2029, la ville brûle.", &["En 2029 = 2029-01-01/2029-12-31"]),
            ("Il l'a dit samedi.", &["samedi = 2031-05-17"]),
            ("Il l'a dit mercredi.", &["mercredi = 2031-05-21"]),
            ("Il l'a dit ce samedi 17 mai.", &["ce samedi 17 mai = 2031-05-17"]),
            ("Il l'a dit hier soir.", &["hier soir = 2031-05-20"]),
            ("Il l'a dit la veille.", &["la veille = 2031-05-20"]),
            ("Il l'a dit la veille du 14 mars.", &["la veille du 14 mars = 2031-03-13"]),
            ("Il l'a dit le lendemain du 14 mars.", &["le lendemain du 14 mars = 2031-03-15"]),
            ("Il l'a dit la veille de Noël.", &["la veille de Noël = 2030-12-24"]),
            ("Il l'a dit le dernier lundi.", &["le dernier lundi = 2031-05-19"]),
            ("Il l'a dit le 4e jour de mars, 2029.", &["le 4e jour de mars, 2029 = 2029-03-04"]),
            ("Le 4 mars, 2029 soldats sont partis.", &["Le 4 mars = 2031-03-04"]),
            ("Il l'a dit l'avant-veille.", &["l'avant-veille = 2031-05-19"]),
            ("Il l'a dit la semaine dernière.", &["la semaine dernière = 2031-05-12/2031-05-18"]),
            ("Il l'a dit il y a trois semaines.", &["il y a trois semaines = 2031-04-30"]),
            ("Il l'a dit trois jours plus tôt.", &["trois jours plus tôt = 2031-05-18"]),
            ("Dans la nuit de vendredi à samedi.", &["Dans la nuit de vendredi à samedi = 2031-05-16/2031-05-17"]),
            ("Dans la nuit du 3 au 4 mars.", &["Dans la nuit du 3 au 4 mars = 2031-03-03/2031-03-04"]),
            ("Il l'a dit mi-avril.", &["mi-avril = 2031-04-11/2031-04-20"]),
            ("Il l'a dit fin février.", &["fin février = 2031-02-21/2031-02-28"]),
            ("Il l'a dit début mars.", &["début mars = 2031-03-01/2031-03-10"]),
            ("Il l'a dit au printemps 2023.", &["au printemps 2023 = 2023-03-20/2023-06-20"]),
            ("Il l'a dit le 12.03.2029.", &["le 12.03.2029 = 2029-03-12"]),
            ("Il l'a dit le 12/03/2029.", &["le 12/03/2029 = 2029-03-12"]),
            ("Il l'a dit (2029-03-12).", &["2029-03-12 = 2029-03-12"]),
            ("Les 3/4 des soldats.", &[]),
            ("Il a été tué.", &[]),
            ("Il est mort cet été.", &["cet été = 2031-06-21/2031-09-22"]),
        ],
        seen_from(Some("2031-05-21"), Look::Back),
    );
}

#[test]
fn stretches() {
    check(
        &[
            ("Du 24 février au 19 mars, il a plu.", &["Du 24 février au 19 mars = 2031-02-24/2031-03-19"]),
            ("Du 28 au 30 mars, il a plu.", &["Du 28 au 30 mars = 2031-03-28/2031-03-30"]),
            ("Du 4 au 23 du mois dernier.", &["Du 4 au 23 du mois dernier = 2031-04-04/2031-04-23"]),
            ("Du 4 au 23 le mois dernier.", &["Du 4 au 23 le mois dernier = 2031-04-04/2031-04-23"]),
            (
                "De la fin de mars à la mi-avril, il a plu.",
                &["De la fin de mars à la mi-avril = 2031-03-21/2031-04-20"],
            ),
            ("Du 3 mars 2031 à aujourd'hui.", &["Du 3 mars 2031 à aujourd'hui = 2031-03-03/2031-05-21"]),
            ("Du 28 décembre au 3 janvier.", &["Du 28 décembre au 3 janvier = 2030-12-28/2031-01-03"]),
            ("Entre le 3 et le 5 mars, il a plu.", &["Entre le 3 et le 5 mars = 2031-03-03/2031-03-05"]),
            ("Entre 2014 et 2022, il a plu.", &["Entre 2014 et 2022 = 2014-01-01/2022-12-31"]),
            ("Entre 1200 et 1900 soldats sont morts.", &[]),
            ("De 12 à 15 soldats sont morts.", &[]),
            ("Depuis le 3 mars, il pleut.", &["Depuis le 3 mars = 2031-03-03/?"]),
            ("Jusqu'au 3 mars, il a plu.", &["Jusqu'au 3 mars = ?/2031-03-03"]),
            ("Bilan arrêté au 30 avril 2031.", &["arrêté au 30 avril 2031 = 2031-04-30"]),
            ("Au 3 mai, 12 soldats sont morts.", &["Au 3 mai = 2031-05-03"]),
            ("En 24 heures, il a plu.", &["En 24 heures = 2031-05-20/2031-05-21"]),
            ("Ces dernières 48 heures, il a plu.", &["Ces dernières 48 heures = 2031-05-19/2031-05-21"]),
            ("À ce jour, il pleut.", &["À ce jour = ?/2031-05-21"]),
            ("Pendant 24 heures, il a plu.", &[]),
            ("Depuis le début du conflit, il pleut.", &["Depuis le début du conflit = ?/?"]),
            (
                "Du 24 février, jour du début de la guerre, au 19 mars.",
                &["Du 24 février, jour du début de la guerre, au 19 mars = 2031-02-24/2031-03-19"],
            ),
        ],
        seen_from(Some("2031-05-21"), Look::Back),
    );
}

#[test]
fn an_event_of_the_pack_dates_what_is_counted_since() {
    check(
        &[
            ("Depuis le début de l'invasion russe, il pleut.", &["Depuis le début de l'invasion russe = 2022-02-24/?"]),
            ("Depuis l'attaque du 3 mars, il pleut.", &["Depuis l'attaque du 3 mars = 2031-03-03/?"]),
        ],
        seen_from(Some("2031-05-21"), Look::Back),
    );
}

#[test]
fn no_year_is_invented() {
    check(
        &[
            ("Le 19 mars, la ville brûle.", &["Le 19 mars = ?/?"]),
            ("Il l'a dit samedi.", &["samedi = ?/?"]),
            ("Le 19 mars 2029, la ville brûle.", &["Le 19 mars 2029 = 2029-03-19"]),
        ],
        seen_from(None, Look::Back),
    );
    check(&[("Il l'a dit samedi.", &["samedi = ?/?"])], seen_from(Some("2031-05"), Look::Back));
    check(&[("Il l'a dit le 19 mars.", &["le 19 mars = 2031-03-19"])], seen_from(Some("2031-05"), Look::Back));
}

#[test]
fn looking_forward() {
    check(
        &[
            ("Il le dira samedi.", &["samedi = 2031-05-24"]),
            ("Il le dira vendredi prochain.", &["vendredi prochain = 2031-05-30"]),
            ("Il le dira le prochain vendredi.", &["le prochain vendredi = 2031-05-23"]),
            ("Il le dira le 3 mars 2032 et après 18 h.", &["le 3 mars 2032 = 2032-03-03"]),
            ("Ces cinq derniers jours, il a plu.", &["Ces cinq derniers jours = 2031-05-16/2031-05-21"]),
            ("Il le dira dans les cinq jours.", &[]),
            ("Il le dira dans deux mois.", &["dans deux mois = 2031-07-21"]),
            ("Il le dira le 3 mars.", &["le 3 mars = 2032-03-03"]),
            ("Il le dira la semaine prochaine.", &["la semaine prochaine = 2031-05-26/2031-06-01"]),
            ("Il le dira le premier mercredi de juin.", &["le premier mercredi de juin = 2031-06-04"]),
        ],
        seen_from(Some("2031-05-21"), Look::Forward),
    );
}
