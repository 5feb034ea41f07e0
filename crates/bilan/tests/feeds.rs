//! Reads feeds, exports of Telegram and JSON over many lines: whole, broken, hostile. All invented.

use bilan::Document;
use bilan::document::{Given, Kind, Loss, Months, Unreadable, open};
use std::time::{Duration, Instant};

fn all(name: &str, input: &str, given: &Given) -> Vec<Result<Document, Unreadable>> {
    open(name, input.as_bytes(), given).collect()
}

fn documents(input: &str) -> Vec<Document> {
    let months = Months::new([("février".to_owned(), 2), ("березня".to_owned(), 3)]);
    let given = Given { months, ..Given::default() };
    all("input", input, &given).into_iter().map(|read| read.unwrap_or_else(|wrong| panic!("{wrong}"))).collect()
}

fn keys(document: &Document) -> Vec<&str> {
    document.remarks.iter().map(|remark| remark.key.as_str()).collect()
}

const RSS: &str = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>\
    <channel><title>Le Courrier inventé</title><language>fr</language>";

fn item(n: u32, inner: &str) -> String {
    format!(
        "<item><title>Titre {n}</title><link>https://courrier.example/{n}</link>{inner}\
         <description>&lt;p&gt;Douze morts &amp;amp; {n} blessés.&lt;/p&gt;</description></item>"
    )
}

#[test]
fn an_entry_is_a_document() {
    let feed = format!(
        "{RSS}{}{}{}</channel></rss>",
        item(1, "<pubDate>Mer, 01 Fév 2023 23:30:00 +0100</pubDate>"),
        item(
            2,
            "<guid>deux</guid><pubDate>Tue, 31 Jan 2023 23:30:00 -0500</pubDate><content:encoded><![CDATA[<p>Texte entier : 14 morts.</p><ul><li>chars : 3</li></ul>]]></content:encoded>"
        ),
        item(3, "<pubDate>19 березня 2022</pubDate>"),
    );
    let read = documents(&feed);
    assert_eq!(read.len(), 3);
    assert_eq!(read[0].text, "Titre 1\n\nDouze morts & 1 blessés.");
    assert_eq!(&read[0].text[..read[0].title as usize], "Titre 1");
    assert_eq!(
        (read[0].id.as_str(), read[0].url.as_deref()),
        ("https://courrier.example/1", Some("https://courrier.example/1"))
    );
    assert_eq!((read[0].outlet.as_deref(), read[0].lang.as_deref()), (Some("Le Courrier inventé"), Some("fr")));
    assert_eq!(keys(&read[0]), ["excerpt"]);
    assert_eq!(
        (read[1].id.as_str(), read[1].text.as_str()),
        ("deux", "Titre 2\n\nTexte entier : 14 morts.\n\nchars : 3")
    );
    let days: Vec<_> = read.iter().map(|document| document.published.unwrap().to_string()).collect();
    assert_eq!(days, ["2023-02-01", "2023-01-31", "2022-03-19"], "the day as it is written, whatever the zone");
    // The same bytes give the same documents: no id is made up at random.
    let bare = format!("{RSS}<item><title>Seul</title><description>Deux morts.</description></item></channel></rss>");
    assert_eq!(documents(&bare), documents(&bare));
}

#[test]
fn atom_and_json_feeds() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><id>f</id><updated>2031-05-01T00:00:00Z</updated>\
                <entry><id>e</id><title>Titre</title><updated>2031-05-03T00:00:00Z</updated>\
                <published>2031-05-02T00:00:00Z</published><author><name>A. Inventée</name></author>\
                <content type='html'>&lt;p&gt;Deux morts.&lt;/p&gt;</content></entry></feed>";
    let read = documents(atom);
    assert_eq!(read[0].text, "Titre\n\nDeux morts.");
    assert_eq!(read[0].published, "2031-05-02".parse().ok());
    assert_eq!(keys(&read[0]), ["author", "modified"]);
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"A\",\"items\":[{\"id\":\"1\",\"title\":\"T\",\
                \"url\":\"https://a.example/1\",\"content_html\":\"<p>Deux morts.</p>\",\"date_published\":\"2031-05-02T00:00:00Z\"}]}";
    let read = documents(json);
    assert_eq!((read[0].text.as_str(), read[0].published), ("T\n\nDeux morts.", "2031-05-02".parse().ok()));
}

#[test]
fn a_broken_entry_costs_itself_only() {
    let broken = "<item><title>Un & deux <b></title><description>x</description></item>";
    let feed = format!("{RSS}{}{broken}{}{}", item(1, ""), item(3, ""), &item(4, "")[..60]);
    let read = all("f.xml", &feed, &Given::default());
    let texts: Vec<&str> = read.iter().flatten().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["Titre 1\n\nDouze morts & 1 blessés.", "Titre 3\n\nDouze morts & 3 blessés."]);
    let wrong: Vec<String> =
        read.iter().filter_map(|read| read.as_ref().err()).map(|wrong| wrong.to_string()).collect();
    assert_eq!(wrong.len(), 2);
    let place = feed.find(broken).unwrap();
    assert!(
        wrong[0].starts_with(&format!("f.xml (entry 2, byte {place}): a feed that cannot be read")),
        "{}",
        wrong[0]
    );
    assert!(wrong[1].starts_with("f.xml (entry 4, byte ") && wrong[1].contains("without an end"), "{}", wrong[1]);
    for feed in ["<rss version='2.0'><channel></channel></rss>", "<rss version='2.0'>", "<feed>"] {
        assert_eq!(all("f.xml", feed, &Given::default()).iter().filter(|read| read.is_err()).count(), 1);
    }
}

#[test]
fn entities_that_grow_are_not_grown() {
    let mut entities = String::from("<!ENTITY a0 'mort'>");
    for n in 1..30 {
        entities += &format!("<!ENTITY a{n} '&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};'>", n - 1);
    }
    let feed = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [{entities}]><rss version='2.0'><channel><title>t</title>\
         <item><title>&a29;</title><description>Deux morts.</description></item>{}</channel></rss>",
        item(2, "")
    );
    let start = Instant::now();
    let read = all("f.xml", &feed, &Given::default());
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(read.iter().flatten().all(|document| document.text.len() < 10_000));
    assert!(read.iter().flatten().any(|document| document.text.contains("2 blessés")), "{read:?}");
}

const CHANNEL: &str =
    "{\n \"name\": \"État-major inventé\",\n \"type\": \"public_channel\",\n \"id\": 1234,\n \"messages\": [";

#[test]
fn messages_of_a_channel() {
    let export = format!(
        "{CHANNEL}\n  {{\"id\": 1, \"type\": \"service\", \"date\": \"2031-05-01T08:00:00\", \"text\": \"\"}},\n\
         {{\"id\": 2, \"type\": \"message\", \"date\": \"2031-05-02T23:59:00\", \"edited\": \"2031-05-03T01:00:00\", \
           \"forwarded_from\": \"Brigade inventée\", \"from\": \"État-major inventé\", \
           \"text\": [\"Pertes : \", {{\"type\": \"bold\", \"text\": \"12\"}}, \" chars.\\nDrones : 3\"]}},\n\
         {{\"id\": 3, \"type\": \"message\", \"date\": \"2031-05-03T08:00:00\", \"photo\": \"a.jpg\", \"text\": \"\"}}\n ]\n}}"
    );
    let given = Given { url: Some("https://t.me/invente".into()), ..Given::default() };
    let read = all("result.json", &export, &given);
    let document = read[0].as_ref().unwrap();
    assert_eq!(document.text, "Pertes : 12 chars.\nDrones : 3");
    assert_eq!(document.url.as_deref(), Some("https://t.me/invente/2"));
    assert_eq!((document.id.as_str(), document.outlet.as_deref()), ("t.me/invente/2", Some("État-major inventé")));
    assert_eq!(document.published, "2031-05-02".parse().ok());
    assert_eq!(keys(document), ["forwarded", "modified"]);
    assert_eq!(document.remarks[0].words, "forwarded from Brigade inventée");
    let wordless = read[1].as_ref().unwrap_err();
    assert_eq!((wordless.loss, read.len()), (Loss::Wordless(2), 2));
    let members = all("result.json", &export, &Given::default());
    assert_eq!(members[0].as_ref().unwrap().url.as_deref(), Some("https://t.me/c/1234/2"));
}

#[test]
fn a_group_loses_its_senders_and_a_conversation_is_not_read() {
    let chat = |kind: &str| {
        format!(
            "{{\"name\":\"Groupe\",\"type\":\"{kind}\",\"id\":5,\"messages\":[{{\"id\":1,\"type\":\"message\",\
             \"from\":\"Jeanne Inventée\",\"forwarded_from\":\"Paul Inventé\",\"date\":\"2031-05-02T08:00:00\",\
             \"text\":\"Deux morts.\"}}]}}"
        )
    };
    let export = format!("{{\"chats\":{{\"list\":[{},{}]}}}}", chat("private_supergroup"), chat("personal_chat"));
    let read = all("result.json", &export, &Given::default());
    let shown = format!("{read:?}");
    assert!(!shown.contains("Jeanne") && !shown.contains("Paul"), "{shown}");
    assert_eq!(read.iter().flatten().count(), 1);
    assert_eq!(read[1].as_ref().unwrap_err().loss, Loss::Wordless(1));
}

#[test]
fn json_without_its_last_brace_gives_what_it_holds() {
    let export = format!("{CHANNEL}{{\"id\":1,\"type\":\"message\",\"text\":\"Un mort.\"}},{{\"id\":2,\"text\":\"De");
    let read = all("result.json", &export, &Given::default());
    assert_eq!(read[0].as_ref().unwrap().text, "Un mort.");
    let place = export.find("{\"id\":2").unwrap();
    let wrong = read[1].as_ref().unwrap_err().to_string();
    assert!(
        wrong.starts_with(&format!("result.json (byte {place}): the object that begins here has no end")),
        "{wrong}"
    );
    let read = all("a.json", "[\n{\"text\":\"Un.\"},\n{\"text\":\"Deux.\"}", &Given::default());
    assert_eq!(read.iter().flatten().count(), 2);
    assert!(read[2].as_ref().unwrap_err().to_string().contains("ends before its last bracket"));
}

#[test]
fn the_caller_may_name_the_kind() {
    for (name, kind) in Kind::NAMED {
        let given = Given { kind: Some(kind), ..Given::default() };
        let read = all("-", "<p>Deux morts.</p>", &given);
        let text = read[0].as_ref().map(|document| document.text.clone()).ok();
        let expected = match name {
            "text" => Some("<p>Deux morts.</p>"),
            "html" => Some("Deux morts."),
            _ => None,
        };
        assert_eq!(text.as_deref(), expected, "{name}");
    }
}
