//! French figures: numbers, hedges, ranges, and what is no count of things. All sentences are invented.

use super::{check, french};

#[test]
fn digits() {
    check(
        &[
            ("Il y a eu 5937 morts.", &["5937 = 5937"]),
            ("Il y a eu 14 400 morts.", &["14 400 = 14400"]),
            ("Il y a eu 14\u{a0}400 morts.", &["14\u{a0}400 = 14400"]),
            ("Il y a eu 14\u{202f}400 morts.", &["14\u{202f}400 = 14400"]),
            ("Il y a eu 14\u{2009}400 morts.", &["14\u{2009}400 = 14400"]),
            ("Il y a eu 14.400 morts.", &["14.400 = 14400"]),
            ("Il y a eu 14'400 morts.", &["14'400 = 14400"]),
            ("Il y a eu 14’400 morts.", &["14’400 = 14400"]),
            ("Il y a eu 1 234 567 déplacés.", &["1 234 567 = 1234567"]),
            ("Il y a eu 1,2 million de déplacés.", &["1,2 million = 1200000"]),
            ("Il y a eu 3 millions 400 000 déplacés.", &["3 millions 400 000 = 3400000"]),
            ("Il y a eu 450 mille déplacés.", &["450 mille = 450000"]),
            ("Il y a eu 10k morts.", &["10k = 10000"]),
            ("En 2030 300 soldats sont morts.", &["2030 = 2030 year", "300 = 300"]),
        ],
        french,
    );
}

#[test]
fn number_words() {
    check(
        &[
            ("Vingt et un soldats sont morts.", &["Vingt et un = 21"]),
            ("Soixante et onze soldats sont morts.", &["Soixante et onze = 71"]),
            ("On compte quatre-vingt-dix-sept blessés.", &["quatre-vingt-dix-sept = 97"]),
            ("On compte quatre vingt dix sept blessés.", &["quatre vingt dix sept = 97"]),
            ("On compte septante-deux blessés.", &["septante-deux = 72"]),
            ("On compte nonante-neuf blessés.", &["nonante-neuf = 99"]),
            ("On compte huitante et un blessés.", &["huitante et un = 81"]),
            ("On compte mille cent blessés.", &["mille cent = 1100"]),
            ("On compte deux millions trois cent mille blessés.", &["deux millions trois cent mille = 2300000"]),
            ("On compte dix-neuf cents blessés.", &["dix-neuf cents = 1900"]),
            ("On compte trois millions 400 000 blessés.", &["trois millions 400 000 = 3400000"]),
            ("Douze soldats et onze civils sont morts.", &["Douze = 12", "onze = 11"]),
            ("On compte un million et demi de déplacés.", &["un million et demi = 1500000"]),
        ],
        french,
    );
}

#[test]
fn collectives() {
    check(
        &[
            ("Une centaine de soldats sont morts.", &["Une centaine = ~100"]),
            ("Une quinzaines de soldats sont morts.", &["Une quinzaines = ~15"]),
            ("Une demi-douzaine de soldats sont morts.", &["Une demi-douzaine = ~6"]),
            ("Un demi-million de civils ont fui.", &["Un demi-million = ~500000"]),
            ("Plus d'une centaine de soldats sont morts.", &["une centaine = >100"]),
            ("Des dizaines de soldats sont morts.", &["dizaines = [20..99]"]),
            ("Plusieurs dizaines de milliers de civils ont fui.", &["dizaines de milliers = [20000..99999]"]),
            ("Une dizaine de milliers de civils ont fui.", &["Une dizaine de milliers = ~10000"]),
            ("Des dizaines, voire des centaines de morts.", &["dizaines, voire des centaines = [20..999]"]),
        ],
        french,
    );
}

#[test]
fn hedges() {
    check(
        &[
            ("Au moins 816 civils sont morts.", &["816 = >=816"]),
            ("Environ « 14 400 personnes » sont mortes.", &["14 400 = ~14400"]),
            ("Le bilan dépasse les 300 morts.", &["300 = >300"]),
            ("Le bilan dépasse 300 morts.", &["300 = >300"]),
            ("Le bilan frôle les 300 morts.", &["300 = ~300"]),
            ("Le bilan avoisine 300 morts.", &["300 = ~300"]),
            ("Le bilan s'approche des 300 morts.", &["300 = ~300"]),
            ("Le bilan a franchi la barre des 300 morts.", &["300 = >300"]),
            ("Le bilan a passé le cap des 300 morts.", &["300 = >300"]),
            ("Jusqu'à 400 soldats sont morts.", &["400 = <=400"]),
            ("Moins de 50 soldats sont morts.", &["50 = <50"]),
            ("On compte 500 morts ou plus.", &["500 = 500"]),
            ("On en compte 500 ou plus.", &["500 = >=500"]),
            ("On en compte 500 au moins.", &["500 = >=500"]),
            ("On en compte 500 environ.", &["500 = ~500"]),
            ("Pas moins de 50 soldats et 12 civils sont morts.", &["50 = >=50", "12 = 12"]),
            ("Plus de 10 et moins de 40 soldats sont morts.", &["10 et moins de 40 = 11..39"]),
        ],
        french,
    );
}

#[test]
fn ranges() {
    check(
        &[
            ("Entre 2 000 et 4 000 soldats sont morts.", &["2 000 et 4 000 = 2000..4000"]),
            ("De 10 à 15 soldats sont morts.", &["10 à 15 = 10..15"]),
            ("Environ 10 à 15 soldats sont morts.", &["10 à 15 = ~10..15"]),
            ("Au moins 10 à 20 soldats sont morts.", &["10 à 20 = >=10"]),
            ("Entre 40 et 60.000 soldats sont morts.", &["40 et 60.000 = 40000..60000"]),
            ("De 2 à 3 millions de civils ont fui.", &["2 à 3 millions = 2000000..3000000"]),
            ("Deux à trois cents soldats sont morts.", &["Deux à trois cents = 200..300"]),
            ("Cinq ou six soldats sont morts.", &["Cinq ou six = 5..6"]),
            ("On compte 10-15 morts.", &["10-15 = 10..15"]),
            ("On compte 10–15 morts.", &["10–15 = 10..15"]),
            ("Le bilan est passé de 12 à 20 morts.", &["12 = 12", "20 = 20"]),
            ("La mort de 12 et 15 soldats.", &["12 = 12", "15 = 15"]),
            ("Des enfants de 12 à 15 ans.", &["12 à 15 = 12..15 age"]),
            ("La hausse de 10 à 15 %.", &["10 à 15 = 10..15 percent"]),
            ("Entre 10 et 15 millions d'euros.", &["10 et 15 millions = 10000000..15000000 money"]),
        ],
        french,
    );
}

#[test]
fn no_count_of_things() {
    check(
        &[
            ("Un homme de 45 ans.", &["Un = 1 article", "45 = 45 age"]),
            ("Cela a duré 3 heures.", &["3 = 3 duration"]),
            ("Il était 15h30 alors.", &["15 = 15 clock", "30 = 30 clock"]),
            ("Il était 15:30 alors.", &["15 = 15 clock", "30 = 30 clock"]),
            ("Appelez le 01 42 34 56 78.", &[]),
            ("Coût : 12 milliards de dollars.", &["12 milliards = 12000000000 money"]),
            ("Coût : 12 € par mois.", &["12 = 12 money"]),
            ("Coût : $12 par mois.", &["12 = 12 money"]),
            ("Une part de 25 et 90 %.", &["Une = 1 article", "25 = 25 percent", "90 = 90 percent"]),
            ("À 12 km de la ville.", &["12 = 12 distance"]),
            ("Sur 120 mètres de route.", &["120 = 120 distance"]),
            ("Il fait 38 °C dehors.", &["38 = 38 temperature"]),
            ("Séisme de magnitude 7,8 hier.", &["7,8 = 7.8 magnitude"]),
            ("À 90 km/h dans la ville.", &["90 = 90 speed"]),
            ("Un char T-72 et un Su-34.", &["Un = 1 article", "un = 1 article"]),
            ("Un canon de 155 mm.", &["Un = 1 article", "155 = 155 distance"]),
            ("Le vol 171 est parti.", &[]),
            ("La 93e brigade est partie.", &[]),
            ("La brigade 93 est partie.", &["93 = 93 unit_name"]),
            ("Un groupe de 12 soldats.", &["Un = 1 article", "12 = 12"]),
            ("Une victoire 3-1 hier.", &["Une = 1 article", "3 = 3 score", "1 = 1 score"]),
            ("On compte 10 00 morts.", &["10 00 = ? wreck"]),
            ("On compte 12 0000 morts.", &["12 0000 = ? wreck"]),
            ("Les deux tiers des soldats.", &["deux tiers = 0.6666666666666666 share"]),
            ("Il fait -5 degrés dehors.", &["-5 = -5 temperature"]),
            ("Entre -10 et 15 points.", &["-10 et 15 = -10..15 percent"]),
            ("Une moyenne de 2,5 enfants.", &["Une = 1 article", "2,5 = 2.5 decimal"]),
            ("Le XXIe siècle de Louis XIV.", &[]),
            ("chars -3500", &["3500 = 3500"]),
        ],
        french,
    );
}
