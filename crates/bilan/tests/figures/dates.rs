//! French dates, seen from Wednesday 21 May 2031 unless a case says otherwise. All sentences are invented.

use super::{READER, check, dates, document, every_date};
use bilan::mention::{Convention, Ends, Look};

fn seen_from(
    published: Option<&'static str>,
    convention: impl Into<Convention> + Copy,
) -> impl Fn(&str) -> Vec<String> {
    move |text| dates(&READER.mentions(&document("fr", text, published), convention))
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
            // Behind their month, as calendars and translations put days.
            ("Il était là novembre 19-20.", &["novembre 19-20 = 2030-11-19/2030-11-20"]),
            ("Il était là novembre 19-20, 2029.", &["novembre 19-20, 2029 = 2029-11-19/2029-11-20"]),
            ("Il a perdu en novembre 19-20 soldats.", &["en novembre = 2030-11-01/2030-11-30"]),
            ("Il a vécu les 90s.", &["les 90s = 1990-01-01/1999-12-31"]),
            ("Il a vécu les années 90s.", &["les années 90s = 1990-01-01/1999-12-31"]),
            ("Né le 4 mars dix-neuf soixante-douze.", &["le 4 mars dix-neuf soixante-douze = 1972-03-04"]),
            ("Le 4 mars dix-neuf soldats sont partis.", &["Le 4 mars = 2031-03-04"]),
            ("Le 4 mars dix-neuf, soixante-douze.", &["Le 4 mars = 2031-03-04"]),
            // A heap of digits ends in no day.
            ("5,104,29 mars 2029", &["mars 2029 = 2029-03-01/2029-03-31"]),
            ("Il l'a dit lundi de cette semaine.", &["lundi de cette semaine = 2031-05-19"]),
            ("Il l'a dit samedi (17 mai).", &["samedi (17 mai) = 2031-05-17"]),
            // That Saturday was one in 2029 and in no year nearer.
            ("Il l'a dit samedi (23 juin).", &["samedi (23 juin) = 2029-06-23"]),
            ("Il l'a dit samedi 23/06.", &["samedi 23/06 = 2029-06-23"]),
            ("Il l'a dit samedi (17 soldats).", &["samedi = 2031-05-17"]),
            ("Il l'a dit le 12 sept. 2029.", &["le 12 sept. 2029 = 2029-09-12"]),
            ("Il l'a dit le 12 sept.", &["le 12 sept = 2030-09-12"]),
            ("Le 12, sept soldats sont partis.", &["Le 12 = 2031-05-12"]),
            ("Sept soldats et 12 chars.", &[]),
            ("Il l'a dit le 2029/14/mars.", &["le 2029/14/mars = 2029-03-14"]),
            ("Il l'a dit le 2029-mars-14.", &["le 2029-mars-14 = 2029-03-14"]),
            ("Il l'a dit le 14/03, 2029.", &["le 14/03, 2029 = 2029-03-14"]),
            ("Le 14/03, 2029 soldats sont partis.", &["Le 14/03 = 2031-03-14"]),
            ("La première quinzaine de mai.", &["La première quinzaine de mai = 2031-05-01/2031-05-15"]),
            ("La deuxième quinzaine de mars.", &["La deuxième quinzaine de mars = 2031-03-16/2031-03-31"]),
            ("Une quinzaine de soldats.", &[]),
            ("Le week-end du 14 mai, il a plu.", &["Le week-end du 14 mai = 2031-05-17/2031-05-18"]),
            ("Le week-end, il pleut.", &[]),
            ("Au XXe siècle, il pleuvait.", &["Au XXe siècle = 1900-01-01/1999-12-31"]),
            ("Au 15e siècle, il pleuvait.", &["Au 15e siècle = 1400-01-01/1499-12-31"]),
            ("Au 3e siècle, il pleuvait.", &[]),
            ("Au T3 2029, il a plu.", &["Au T3 2029 = 2029-07-01/2029-09-30"]),
            ("2029 S2, il a plu.", &["2029 S2 = 2029-07-01/2029-12-31"]),
            ("Le terminal T3 a brûlé.", &[]),
            ("30/4", &["30/4 = 2031-04-30"]),
            ("Ils sont 30/4.", &[]),
            ("9/2", &[]),
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
            ("Du 3 mars à ce jour, il a plu.", &["Du 3 mars à ce jour = 2031-03-03/?"]),
            ("Un bilan 2029 au 3 mai 2031.", &["2029 au 3 mai 2031 = 2029-01-01/2031-05-03"]),
            ("Fin mars à mi-avril, il a plu.", &["Fin mars à mi-avril = 2031-03-21/2031-04-20"]),
            ("Du 14/03-17/03, 2029.", &["Du 14/03-17/03, 2029 = 2029-03-14/2029-03-17"]),
            ("27/3-2/4", &["27/3-2/4 = 2031-03-27/2031-04-02"]),
            ("Du T1 2029 au T3 2030.", &["Du T1 2029 au T3 2030 = 2029-01-01/2030-09-30"]),
            ("L'année 2029 et plus.", &["L'année 2029 et plus = 2029-01-01/?"]),
            ("L'année 2029 et plus de 40 soldats.", &["L'année 2029 = 2029-01-01/2029-12-31"]),
            ("Une année supérieure à 2029.", &["année supérieure à 2029 = 2030-01-01/?"]),
            ("Une attaque antérieure à 2029.", &["antérieure à 2029 = ?/2028-12-31"]),
            ("<=2029", &["<=2029 = ?/2029-12-31"]),
            ("≤ 2029, >= 3 mai 2031", &["≤ 2029 = ?/2029-12-31", ">= 3 mai 2031 = 2031-05-03/?"]),
            ("> En 2029, il a plu.", &["En 2029 = 2029-01-01/2029-12-31"]),
            (">=2029 soldats", &[]),
            ("Après le début de mars, il a plu.", &["Après le début de mars = 2031-03-01/?"]),
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
            ("Il le dira le week-end.", &["le week-end = 2031-05-24/2031-05-25"]),
            ("Il l'a dit le jour précédent.", &["le jour précédent = 2031-05-20"]),
            ("Il le dira le 3 mars.", &["le 3 mars = 2032-03-03"]),
            ("Il le dira la semaine prochaine.", &["la semaine prochaine = 2031-05-26/2031-06-01"]),
            ("Il le dira le premier mercredi de juin.", &["le premier mercredi de juin = 2031-06-04"]),
        ],
        seen_from(Some("2031-05-21"), Look::Forward),
    );
}

#[test]
fn the_date_behind_the_word_that_opens_or_closes_a_stretch() {
    check(
        &[
            ("Depuis le 3 mars, il pleut.", &["Depuis le 3 mars = 2031-03-03/?", "le 3 mars = 2031-03-03"]),
            ("Jusqu'à mai 2029.", &["Jusqu'à mai 2029 = ?/2029-05-31", "mai 2029 = 2029-05-01/2029-05-31"]),
            ("Avant le 12.03.2029.", &["Avant le 12.03.2029 = ?/2029-03-11", "12.03.2029 = 2029-03-12"]),
            ("Au 3 mars, il pleut.", &["Au 3 mars = 2031-03-03"]),
        ],
        |text| every_date(&READER.mentions(&document("fr", text, Some("2031-05-21")), Look::Back)),
    );
}

#[test]
fn a_stretch_without_the_date_that_ends_it() {
    check(
        &[
            ("Du 4 au 23 juin, il a plu.", &["Du 4 au 23 juin = 2030-06-04/2030-06-22"]),
            ("Du 4 au 4 juin, il a plu.", &["Du 4 au 4 juin = 2030-06-04"]),
            ("De 2014 à 2018, il a plu.", &["De 2014 à 2018 = 2014-01-01/2017-12-31"]),
            ("De 2014 à la fin de 2018.", &["De 2014 à la fin de 2018 = 2014-01-01/2018-12-31"]),
            ("De fin mars à mi-avril.", &["De fin mars à mi-avril = 2031-04-01/2031-04-15"]),
            (
                "De début mars 2029 à début avril 2029.",
                &["De début mars 2029 à début avril 2029 = 2029-03-01/2029-03-31"],
            ),
            ("De mi-2029 à fin 2030.", &["De mi-2029 à fin 2030 = 2029-07-02/2030-12-31"]),
            ("À ce jour, il pleut.", &["À ce jour = ?/2031-05-20"]),
            ("Jusqu'au 3 mars, il a plu.", &["Jusqu'au 3 mars = ?/2031-03-03"]),
            ("La nuit du 3 au 4 mars.", &["La nuit du 3 au 4 mars = 2031-03-03/2031-03-04"]),
        ],
        seen_from(Some("2031-05-21"), Convention { look: Look::Back, ends: Ends::Out }),
    );
}
