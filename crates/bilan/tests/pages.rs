//! Reads pages as they come: bulletins, flashes, live reports among other things, and pages built to hurt. All invented.

use bilan::Document;
use bilan::document::{Given, open};
use std::time::{Duration, Instant};

fn read(page: &[u8]) -> Document {
    let mut documents: Vec<_> = open("page.html", page, &Given::default()).collect();
    assert_eq!(documents.len(), 1);
    documents.remove(0).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn keys(document: &Document) -> Vec<&str> {
    document.remarks.iter().map(|remark| remark.key.as_str()).collect()
}

fn lines(document: &Document) -> Vec<&str> {
    document.text[document.title as usize..].lines().filter(|line| !line.is_empty()).collect()
}

/// A page of an invented outlet around an article.
fn page(head: &str, article: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>Le port brûle - Le Courrier inventé</title>{head}\
         <script>var x = \"<p>700 morts</p>\";</script><style>p{{}}</style></head><body>\
         <header><a href=/>Le Courrier inventé</a><nav><ul><li><a href=/a>Monde : 41 morts</a></ul></nav></header>\
         <div class=cookie-banner><p>Nous utilisons 42 cookies, soldats compris.</p></div>\
         <main><article><h1>Le port brûle</h1>{article}</article>\
         <section class=related-articles><h2>À lire</h2><ul><li><a href=/b>Séisme : 43 morts</a></ul></section></main>\
         <div id=comments><p>Moi je dis 44 morts, et le journal ne le dit pas assez souvent à mon avis.</p></div>\
         <form class=newsletter-signup><p>Recevez chaque jour nos 45 titres, tués et blessés.</p></form>\
         <aside class=sidebar><p>Le plus lu : l'explosion et ses 46 morts, racontés par ceux qui l'ont vue.</p></aside>\
         <footer><p>Contact, 47 rue de la Presse inventée</p></footer></body></html>"
    )
}

#[test]
fn a_bulletin_keeps_its_lists_tables_captions_and_boxes() {
    let document = read(
        page(
            "",
            "<p class=chapo>Selon le ministère valdorien, plus de <b>340</b> soldats karséniens ont été tués.</p>\
             <ul><li>chars – 3&nbsp;500 (<span>+12</span>)</li><li>drones – 41</li></ul>\
             <table><tr><th>Ville</th><th>Morts</th></tr><tr><td><p>Castelbrun</p></td><td>12</td></tr></table>\
             <figure><img src=a.jpg><figcaption>Les 16 cercueils à Castelbrun.</figcaption></figure>\
             <aside class=encadre><p>Depuis le début de la guerre, 12 000 soldats sont tombés, selon l'armée.</p></aside>\
             <p>Le 1<sup>er</sup> mai, 9<sup><a href=#n1>3</a></sup> marins sur 10<sup>3</sup> sont morts dans la ra\u{AD}de du port.</p>\
             <p><a href=/c>Lire aussi : Inondations, 48 morts dans la vallée</a></p>",
        )
        .as_bytes(),
    );
    assert_eq!(&document.text[..document.title as usize], "Le port brûle");
    assert_eq!(
        lines(&document),
        [
            "Selon le ministère valdorien, plus de 340 soldats karséniens ont été tués.",
            "chars – 3 500 (+12)",
            "drones – 41",
            "Ville | Morts",
            "Castelbrun | 12",
            "Les 16 cercueils à Castelbrun.",
            "Depuis le début de la guerre, 12 000 soldats sont tombés, selon l'armée.",
            "Le 1er mai, 9 marins sur 10 3 sont morts dans la rade du port.",
        ]
    );
}

#[test]
fn a_row_of_a_table_is_a_line_and_each_figure_stays_in_its_column() {
    let row = |cells: &str| format!("<tr>{cells}</tr>");
    let cases: [(&str, Vec<String>, &[&str]); 9] = [
        (
            "head, body and foot are one table",
            vec![
                "<caption>Au 3 mai</caption><thead><tr><th>Région<th>Décès<th>Disparus</thead><tbody>".into(),
                row("<td>Castelbrun<td>12<td>3"),
                "</tbody><tfoot><tr><td>Total<td>12<td>3</tfoot>".into(),
            ],
            &["Au 3 mai", "Région | Décès | Disparus", "Castelbrun | 12 | 3", "Total | 12 | 3"],
        ),
        (
            "a cell without a word is a cell",
            vec![row("<th></th><th>Décès</th><th>Disparus</th>"), row("<td>Nord</td><td></td><td>1&nbsp;200</td>")],
            &["| Décès | Disparus", "Nord |  | 1 200"],
        ),
        (
            "a cell over two columns or beside two rows",
            vec![
                row("<td rowspan=2>Nord<td>7<td>1"),
                row("<td>8<td>2"),
                row("<td colspan=2>Sud<td>3"),
                row("<td>Est<td>4<td>5"),
            ],
            &["Nord | 7 | 1", "| 8 | 2", "Sud |  | 3", "Est | 4 | 5"],
        ),
        (
            "places may be links, and figures too",
            vec![row("<td><a href=/n>Nord</a><td><a href=/7>7</a>"), row("<td><a href=/s>Sud-Ouest</a><td>8")],
            &["Nord | 7", "Sud-Ouest | 8"],
        ),
        (
            "a cell of several lines is one line",
            vec![row("<td>Nord<br>et Sud<td>12<br>500"), row("<td><p>Est<p>a | b<td>8<ul><li>dont 2 enfants</ul>")],
            &["Nord et Sud | 12; 500", "Est a ¦ b | 8 dont 2 enfants"],
        ),
        (
            "two tables",
            vec![row("<td>Nord<td>7"), "</table><table>".into(), row("<td>Sud<td>8")],
            &["Nord | 7", "Sud | 8"],
        ),
        ("numbers that are no numbers", vec![row("<td colspan=x rowspan=0>Nord<td colspan=99999999>7")], &{
            const ROW: &str = "Nord | 7 |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |  |";
            [ROW]
        }),
        (
            "a list of articles is no table",
            vec![
                row("<td>12:04<td><a href=/a>Onze morts dans une avalanche en Miravie</a>"),
                row("<td>12:05<td><a href=/b>Douze morts dans un naufrage en Miravie</a>"),
            ],
            &["12:04", "12:05"],
        ),
        (
            "a table may lay a page out",
            vec![row(&format!("<td><p>{0}<p>{0}", "Onze morts à Castelbrun, selon la préfecture, dans un incendie. "))],
            &["Onze morts à Castelbrun, selon la préfecture, dans un incendie."; 2],
        ),
    ];
    for (name, rows, expected) in cases {
        assert_eq!(behind("", &format!("<table>{}</table>", rows.concat()))[..], *expected, "{name}");
    }
    let document = read(page("", "<table><tr><th>Ville<th>Morts<tbody><tr><td>Nord<td>7</table>").as_bytes());
    assert!(document.text.contains("Ville | Morts\nNord | 7"), "no blank line in a table: {}", document.text);
}

#[test]
fn a_flash_of_one_sentence_is_an_article() {
    let document = read(page("", "<p>Douze morts dans un naufrage en Miravie.</p>").as_bytes());
    assert_eq!(document.text, "Le port brûle\n\nDouze morts dans un naufrage en Miravie.");
}

#[test]
fn cards_of_other_articles_are_left_out_and_live_reports_are_not() {
    let text = "Le feu a pris à l'aube dans un entrepôt, puis il a gagné les quais et deux navires. ".repeat(3);
    let card = |n: u32| {
        format!(
            "<li><h3><a href=/{n}>Ailleurs, {n} morts</a></h3><p>La crue a tué {n} habitants de la vallée.</p></li>"
        )
    };
    let cards = page("", &format!("<p>{text}</p><ul>{}{}</ul><p>{text}</p>", card(51), card(52)));
    let document = read(cards.as_bytes());
    assert!(!document.text.contains("51") && !document.text.contains("52"), "{}", document.text);
    let post = |n: u32| {
        format!("<div class=live-comment><h3>{n} h</h3><p>Le bilan passe à {n} morts, dit le préfet.</p></div>")
    };
    let live = page("", &format!("<p>{text}</p><div class=live-comments>{}{}</div>", post(11), post(12)));
    let document = read(live.as_bytes());
    assert!(document.text.contains("11 morts") && document.text.contains("12 morts"), "{}", document.text);
}

/// The lines of an article of this body, without its first, which is always the same.
fn behind(head: &str, body: &str) -> Vec<String> {
    let text =
        "Le feu a pris à l'aube dans un entrepôt, puis il a gagné les quais et deux navires, dit le préfet. ".repeat(3);
    let document = read(page(head, &format!("<p>{text}</p>{body}")).as_bytes());
    lines(&document)[1..].iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn what_the_publisher_says_of_itself_at_the_end_goes() {
    let notice = "<p>Le Courrier vous répond : <a href=https://courrier.example/contact/>écrivez-nous</a>.</p>";
    let shop = "<p>Le journal tient dans la poche : <a href=https://apps.apple.com/fr/app/id1>ici</a>.</p>";
    let beside = "<p>La suite est dans <a href=https://kiosque.example/x.php>le journal</a>.</p>";
    let cases = [
        ("lines at the end", format!("<p>Onze morts.</p>{beside}{notice}{shop}"), vec!["Onze morts."]),
        (
            "a figure stays",
            notice.replace("répond", "répond : 12 morts"),
            vec!["Le Courrier vous répond : 12 morts : écrivez-nous."],
        ),
        (
            "inside stays",
            format!("{notice}<p>Onze morts.</p>"),
            vec!["Le Courrier vous répond : écrivez-nous.", "Onze morts."],
        ),
        ("no neighbour", beside.to_owned(), vec!["La suite est dans le journal."]),
    ];
    for (what, body, kept) in cases {
        assert_eq!(behind("", &body), kept, "{what}");
    }
}

#[test]
fn lists_of_other_articles_at_the_end_go_and_lists_with_sources_do_not() {
    let list = |items: [&str; 2]| format!("<p>Onze morts.</p><ul><li>{}</li><li>{}</li></ul>", items[0], items[1]);
    let teasers = [
        "→ <a href=/b>Séisme : 51 morts</a> — La crue a tué 51 habitants.",
        "<a href=/c>Ailleurs, 52 morts dans la vallée</a> Le récit.",
    ];
    assert_eq!(behind("", &list(teasers)), ["Onze morts."]);
    let signed = format!("{}<p>© 2031 Le Courrier inventé</p>", list(teasers));
    assert_eq!(behind("", &signed), ["Onze morts."]);
    for sources in [
        [
            "<a href=/b>Le ministère valdorien</a> : 51 morts et blessés",
            "<a href=/c>Le gouverneur</a> : 52 tués et blessés",
        ],
        ["<a href=/b>Le ministère valdorien</a> compte 51 morts", "<a href=/c>Le gouverneur</a> en compte 52"],
        ["<a href=/b>Frappe de mai</a>, 51 morts à Castelbrun", "<a href=/c>Frappe de juin</a>, 52 morts"],
    ] {
        assert_eq!(behind("", &list(sources)).len(), 3, "{sources:?}");
    }
    let head = "<link rel=canonical href=https://courrier.example/2031/05/port>";
    let elsewhere = teasers.map(|entry| entry.replace("href=", "href=https://ministere.example"));
    assert_eq!(behind(head, &list(elsewhere.each_ref().map(String::as_str))).len(), 2, "a source, if not all in links");
}

#[test]
fn a_label_and_a_title_lead_to_another_article() {
    let body = "<p>Читайте також: <a href=/x>У Міравії 51 загиблий</a></p><p>Onze morts.</p>\
                <p>Leggi: <b><a href=/z>In Miravia 52 morti</a></b></p><ul><li>Chars : <a href=/y>3 500</a></li></ul>";
    assert_eq!(behind("", body), ["Onze morts.", "Chars : 3 500"]);
}

#[test]
fn cards_that_only_a_script_makes_links_go() {
    let cards = |sign: &str| {
        format!(
            "<p>Onze morts.</p><div class=lire><h2>Ailleurs</h2><div class=c {sign}><p>Séisme : 51 morts</p></div>\
             <div class=c {sign}><p>Crue : 52 morts</p></div></div>"
        )
    };
    for sign in ["role=link", "data-href=/x", "onclick=\"window.location='/x'\"", "onclick=\"window.open('/x')\""] {
        assert_eq!(behind("", &cards(sign)), ["Onze morts."], "{sign}");
    }
}

/// A gap: where no attribute says so, a box that can be pressed looks like the box of a bulletin, whose figures are the
/// article's, and the words that would tell them apart are of a language.
#[test]
fn cards_without_any_sign_of_a_link_stay() {
    let cards = "<div class=lire><h2>Ailleurs</h2><div class=c><p>Séisme : 51 morts</p></div>\
                 <div class=c><p>Crue : 52 morts</p></div></div>";
    assert_eq!(behind("", cards), ["Ailleurs", "Séisme : 51 morts", "Crue : 52 morts"]);
}

#[test]
fn cards_that_are_links_go_from_a_short_page_too() {
    let card =
        |n: u32| format!("<li><h3><a href=/{n}>Un séisme a fait {n} morts dans la vallée</a></h3><p>Le 3 mai</p></li>");
    let cards: String = (51..60).map(card).collect();
    assert_eq!(behind("", &format!("<p>Onze morts.</p><ul>{cards}</ul>")), ["Onze morts."]);
    let hour = |n: u32| {
        format!(
            "<div><h3><a href=#{n}>{n} h</a></h3><p>Le bilan passe à {n} morts et autant de blessés, dit le préfet de la \
             vallée, qui attend encore des nouvelles de trois villages coupés du monde.</p></div>"
        )
    };
    let hours: String = (51..60).map(hour).collect();
    assert_eq!(behind("", &hours).len(), 18, "the hours of a live report");
}

#[test]
fn notes_below_the_titles_of_others_are_the_articles() {
    let marked =
        "<p>L'armée parle de neuf morts <span>[<a href='#nb1' id='nh1'>1</a>]</span> dans le port de la ville.</p>";
    let cards = "<section class=related><ul><li><a href=/b>Séisme : 43 morts</a></ul></section>";
    let text = "Le feu a pris à l'aube dans un entrepôt, puis il a gagné les quais et deux navires, dit le préfet. ";
    let text: String = (1..20).map(|n| format!("<p>{n}. {}</p>", text.repeat(3))).collect();
    let page = |note: &str| {
        format!(
            "<html lang=fr><body><div class=a><div class=b><article><h1>Le port</h1>{text}{marked}</article></div></div><div class=c><div class=d>{cards}</div>\
             <div class=below><div><h2>Notes</h2>{note}</div></div><div class=e><div><a href=/c>Crue</a> <span>52 morts</span></div></div></div></body></html>"
        )
    };
    let there = read(page("<p><a id=nb1 href='#nh1'>1</a> Dont 8 marins.</p>").as_bytes());
    assert_eq!(lines(&there).last(), Some(&"1 Dont 8 marins."));
    assert!(!there.text.contains("52"), "{}", there.text);
    let not_back = read(page("<p id=nb1>1 Dont 8 marins.</p>").as_bytes());
    assert!(!not_back.text.contains("marins"), "a place on the page that does not lead back may be anything");
}

#[test]
fn a_heading_goes_with_the_links_that_it_stands_over() {
    let card = "<div class=overlay><a href=/x><h2>Ailleurs, 51 morts</h2></a></div>";
    let bar = "<div class=share><a href=/s>Partager</a></div>";
    assert_eq!(behind("", &format!("<h4>À voir</h4>{card}<ul><li>Onze morts.</li></ul>")), ["Onze morts."]);
    assert_eq!(behind("", &format!("<h4>Le bilan</h4>{bar}<p>Onze morts.</p>")), ["Le bilan", "Onze morts."]);
}

#[test]
fn a_paragraph_stands_once_and_its_own_address_never() {
    let box_ = "<div><p>Depuis le début de la guerre, 12 000 soldats sont tombés, selon l'armée valdorienne.</p></div>";
    let body =
        format!("{box_}<p>Onze morts.</p>{box_}<ul><li>Adresse https://c.example/p/1</li><li>Onze morts.</li></ul>");
    let kept = behind("", &body);
    assert_eq!(kept.len(), 3, "{kept:?}");
    assert_eq!(kept[1..], ["Onze morts.", "Onze morts."], "a short line may be a toll of two places");
}

#[test]
fn json_ld_says_where_an_article_ends_and_is_the_article_where_none_is_shown() {
    let text =
        "Le feu a pris à l'aube dans un entrepôt, puis il a gagné les quais et deux navires, dit le préfet. ".repeat(5);
    let told = |end: &str| {
        let article = serde_json::json!({"@type": "NewsArticle", "headline": "Le port brûle", "articleBody": format!("{text}\n{end}")});
        format!("<script type='application/ld+json'>{article}</script>")
    };
    let head = told("La préfecture promet un nouveau bilan avant la nuit.");
    let body = format!(
        "<p>{text}</p><ul><li>Onze morts.</li></ul><p>La préfecture promet un nouveau bilan avant la nuit.</p>\
         <p>à propos de</p><table><tr><td>Blessés</td><td>douze</td></tr></table><p>Depuis mai, 40 morts au port.</p>"
    );
    let kept = behind(&head, &body);
    assert_eq!(
        kept[1..],
        [
            "Onze morts.",
            "La préfecture promet un nouveau bilan avant la nuit.",
            "Blessés | douze",
            "Depuis mai, 40 morts au port."
        ],
        "lists are not told, and a figure behind the end may be a box"
    );
    let document = read(page(&head, "<p>Chargement en cours, merci d'attendre.</p>").as_bytes());
    assert_eq!(lines(&document)[1], "La préfecture promet un nouveau bilan avant la nuit.");
    assert_eq!(keys(&document), ["markup"]);
}

#[test]
fn papers_in_the_order_of_trust() {
    let head = "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Le port brûle\",\
                \"datePublished\":\"2031-05-03T08:00:00+02:00\",\"dateModified\":\"2031-05-04\",\
                \"author\":{\"name\":\"A. Inventée\"},\"publisher\":{\"name\":\"Le Courrier inventé\"}}]}</script>\
                <meta property=article:published_time content=2031-05-02T08:00:00Z><meta name=date content=20310503>\
                <link rel=canonical href=https://courrier.example/2031/05/port>";
    let document = read(page(head, "<p>Deux marins sont morts.</p>").as_bytes());
    assert_eq!(document.published, "2031-05-03".parse().ok());
    assert_eq!(document.outlet.as_deref(), Some("Le Courrier inventé"));
    assert_eq!(document.url.as_deref(), Some("https://courrier.example/2031/05/port"));
    let words: Vec<&str> = document.remarks.iter().map(|remark| remark.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "by A. Inventée",
            "changed on 2031-05-04, as the page says",
            "2031-05-03 is used as publication date, but OpenGraph says 2031-05-02"
        ]
    );
    let listed = Given { listed: "2031-05-01".parse().ok(), ..Given::default() };
    let html = page(head, "<p>Deux marins sont morts.</p>");
    let document = open("a", html.as_bytes(), &listed).next().unwrap().unwrap();
    assert_eq!(document.published, listed.listed);
}

#[test]
fn old_encodings_are_read_as_they_are_declared() {
    let article = "<p>Міністерство оборони повідомило, що двадцять військових загинули вночі біля порту.</p>";
    for (label, encoding) in [("windows-1251", encoding_rs::WINDOWS_1251), ("koi8-u", encoding_rs::KOI8_U)] {
        let page = format!("<html><head><meta charset={label}></head><body>{article}</body></html>");
        let (bytes, _, _) = encoding.encode(&page);
        let document = read(&bytes);
        assert!(document.text.contains("двадцять військових"), "{label}: {}", document.text);
        assert!(document.remarks.is_empty());
    }
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(article);
    assert!(read(&bytes).text.contains("двадцять"), "found out from the bytes");
    let document = read("<meta charset=klingon><p>Été : douze morts.</p>".as_bytes());
    assert_eq!((document.text.as_str(), keys(&document)), ("Été : douze morts.", vec!["encoding"]));
}

#[test]
fn a_page_in_a_line_of_json() {
    let html = page("", "<p>Deux marins sont morts.</p>");
    let line = serde_json::json!({ "id": "a", "html": html, "published": "2031-05-02", "title": "Donné" }).to_string();
    let document = open("a.jsonl", line.as_bytes(), &Given::default()).next().unwrap().unwrap();
    assert_eq!(document.text, "Donné\n\nLe port brûle\n\nDeux marins sont morts.");
    assert_eq!((document.id.as_str(), document.published), ("a", "2031-05-02".parse().ok()));
}

/// Reads a hostile page within a time that a square of its size could not keep, with room for a slow machine.
fn quickly(what: &str, page: &str) -> Option<Document> {
    let start = Instant::now();
    let read = open("page.html", page.as_bytes(), &Given::default()).next().unwrap().ok();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(60), "{what}: {took:?}");
    read
}

#[test]
fn hostile_pages_cost_no_more_than_their_size() {
    let article = "<p>Douze morts dans un naufrage en Miravie, selon la préfecture.</p>";
    let nested = format!("{}{article}", "<div>".repeat(100_000));
    let document = quickly("nested", &nested).unwrap();
    assert!(document.text.contains("Douze morts"));
    assert_eq!(keys(&document), ["markup"]);
    for (what, piece) in [
        ("open formats", "<p><b><i><font size=1>x"),
        ("open links", "<a href=/x><p>y"),
        ("tables", "<table><tr><td>"),
        ("walls", "<div><table><tr><td>x</div>"),
        ("breaks", "<br>"),
        ("pictures", "<svg><g>"),
        ("lists", "<ul><li>x"),
        ("headings", "<h2><a href=/x>Titre</a></h2>"),
        ("forms", "<form><select><option>"),
        ("comments", "<!-"),
    ] {
        let document = quickly(what, &format!("{}{article}", piece.repeat(30_000)));
        assert!(document.is_none_or(|document| document.text.contains("Douze morts") || what == "forms"), "{what}");
    }
}

#[test]
fn fifty_megabytes_of_attributes_are_passed_over() {
    let attributes: String = (0..5_000_000).map(|n| format!(" a{n:07}=1")).collect();
    assert!(attributes.len() > 50_000_000);
    let document = quickly("attributes", &format!("<div{attributes}><p>Douze morts en Miravie.</p></div>")).unwrap();
    assert_eq!(document.text, "Douze morts en Miravie.");
}

#[test]
fn a_broken_page_gives_what_it_holds() {
    for (page, text) in [
        ("<html><body><p>Douze morts <b>en Miravie", "Douze morts en Miravie"),
        ("<html><p>Un.</p></div></p></table><p>Deux.</p>", "Un.\n\nDeux."),
        ("<html><p class='x>Un.</p><p>Deux.</p>", ""),
    ] {
        let read: Vec<_> = open("a.html", page.as_bytes(), &Given::default()).collect();
        assert_eq!(read[0].as_ref().map_or("", |document| document.text.as_str()), text);
    }
    let wrong =
        open("a.html", &b"<html><nav>12 morts</nav></html>"[..], &Given::default()).next().unwrap().unwrap_err();
    assert_eq!(wrong.to_string(), "a.html: no text: no article was found in the page");
}
