//! Writes invented French news of any size, to measure speed and memory with.
//!
//! In: a size and a seed. Out: articles, one sentence in eight a claim and one in eight a trap.
//!
//! Real news has its tolls together: three articles in ten are about a war or a disaster and hold all the claims; the
//! traps (ages, money, scores, models) are everywhere, for there a careless reader pays.

mod figures;
pub mod random;
mod templates;

use anyhow::{Context, Result, bail};
use random::Random;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use templates::{Piece, Slot, Template, Templates};

/// What to write.
#[derive(clap::Args)]
pub struct Args {
    /// How much: 800KB, 100MB, 1GB
    #[arg(long, value_parser = size)]
    size: u64,
    /// The same seed writes the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// A file in place of the standard output
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Format {
    /// One document a line, with its papers
    Jsonl,
    /// Articles one under the other
    Text,
}

/// One invented article.
pub struct Article {
    /// From 1.
    pub number: u64,
    /// As `2024-03-19`.
    pub published: String,
    /// The invented newspaper.
    pub outlet: String,
    /// The headline.
    pub title: String,
    /// The body, in paragraphs.
    pub text: String,
    /// Sentences of the body that hold a claim, that hold a trap, and all of them.
    pub counts: [u64; 3],
}

/// Articles without end.
pub struct Corpus {
    random: Random,
    templates: Templates,
    number: u64,
}

/// Writes at least the size asked for, and ends with the article that reaches it.
pub fn write(args: &Args) -> Result<()> {
    let out: Box<dyn Write> = match &args.out {
        Some(path) => Box::new(File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    match stream(&mut out, args).and_then(|()| out.flush()) {
        // `cargo xtask corpus | head` is no error.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => done.context("the corpus cannot be written"),
    }
}

fn stream(out: &mut impl Write, args: &Args) -> std::io::Result<()> {
    let (mut written, mut articles, mut sums) = (0, 0, [0; 3]);
    for article in Corpus::new(args.seed).map_err(std::io::Error::other)? {
        let text = if args.format == Format::Jsonl { article.jsonl() } else { article.plain() };
        out.write_all(text.as_bytes())?;
        written += text.len() as u64;
        articles += 1;
        for (sum, count) in sums.iter_mut().zip(article.counts) {
            *sum += count;
        }
        if written >= args.size {
            break;
        }
    }
    let [claims, traps, sentences] = sums;
    eprintln!("{articles} articles, {sentences} sentences: {claims} with a claim, {traps} with a trap");
    Ok(())
}

impl Corpus {
    /// The corpus of this seed.
    pub fn new(seed: u64) -> Result<Corpus> {
        Ok(Corpus { random: Random::new(seed), templates: Templates::load()?, number: 0 })
    }
}

impl Iterator for Corpus {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        self.number += 1;
        let Corpus { random, templates, number } = self;
        let toll = random.chance(3, 10);
        // Wars are between the first two countries, disasters strike the third.
        let subject = match (toll, random.chance(3, 5)) {
            (true, true) => "war",
            (true, false) => "disaster",
            (false, _) => random.pick(&SUBJECTS),
        };
        let turned = usize::from(random.chance(1, 2));
        let (own, other) = match subject {
            "war" => (turned, 1 - turned),
            "disaster" => (2, turned),
            _ => (random.between(0, 2) as usize, turned),
        };
        let year = random.between(2021, 2026);
        let grouping = *random.pick(&figures::GROUPINGS);
        let mut words = Words { random, templates, own, other, year, grouping, told: vec![] };

        let title = words.sentence(&format!("title.{subject}"));
        let (mut text, mut counts) = (String::new(), [0; 3]);
        let mut left = words.random.between(5, 25);
        while left > 0 {
            if !text.is_empty() {
                text += "\n\n";
            }
            let paragraph = words.random.between(1, 5).min(left);
            left -= paragraph;
            for nth in 0..paragraph {
                if nth > 0 {
                    text.push(' ');
                }
                counts[2] += 1;
                // 3/10 of the articles x 5/12 of their sentences = 1/8.
                if toll && words.random.chance(5, 12) {
                    counts[0] += 1;
                    text += &words.sentence(&format!("claim.{subject}"));
                } else if words.random.chance(if toll { 3 } else { 1 }, if toll { 14 } else { 8 }) {
                    counts[1] += 1;
                    text += &words.sentence("trap");
                } else {
                    let subject = if words.random.chance(1, 6) { words.random.pick(&SUBJECTS) } else { subject };
                    text += &words.sentence(&format!("prose.{subject}"));
                }
            }
        }
        let outlet = format!("{} (INVENTED)", words.word("outlet"));
        let published = format!("{year}-{:02}-{:02}", random.between(1, 12), random.between(1, 28));
        Some(Article { number: *number, published, outlet, title, text, counts })
    }
}

const SUBJECTS: [&str; 9] =
    ["politics", "weather", "sport", "economy", "culture", "science", "society", "justice", "transport"];

impl Article {
    /// One line, as `bilan read` takes it.
    pub fn jsonl(&self) -> String {
        let Article { number, published, outlet, title, text, .. } = self;
        let id = format!("corpus-{number:07}");
        let url = format!("https://example.org/invented/{number}");
        let row = serde_json::json!({
            "id": id, "url": url, "lang": "fr", "published": published, "title": title, "outlet": outlet, "text": text,
        });
        format!("{row}\n")
    }

    fn plain(&self) -> String {
        let Article { published, outlet, title, text, .. } = self;
        format!("{title}\n{outlet}, {published}\n\n{text}\n\n\n")
    }
}

/// What an article keeps from its first sentence to its last.
struct Words<'a> {
    random: &'a mut Random,
    templates: &'a Templates,
    own: usize,
    other: usize,
    year: u64,
    grouping: &'static str,
    told: Vec<&'a Template>,
}

impl Words<'_> {
    /// A template of the list that the article has not used, if a few draws find one.
    fn sentence(&mut self, list: &str) -> String {
        let list = self.templates.list(list);
        let mut template = self.random.pick(list);
        for _ in 0..6 {
            if !self.told.iter().any(|told| std::ptr::eq(*told, template)) {
                break;
            }
            template = self.random.pick(list);
        }
        self.told.push(template);
        let mut text = self.filled(template);
        capitalise(&mut text);
        text
    }

    fn word(&mut self, list: &str) -> String {
        let template = self.random.pick(self.templates.list(list));
        self.filled(template)
    }

    fn filled(&mut self, template: &Template) -> String {
        let mut text = String::new();
        for piece in &template.0 {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Slot { capital, slot } => {
                    let mut value = self.value(*slot);
                    if *capital {
                        capitalise(&mut value);
                    }
                    join(&mut text, &value);
                }
            }
        }
        text
    }

    fn value(&mut self, slot: Slot) -> String {
        match slot {
            Slot::List(list) => self.word(list),
            Slot::Country { other, form } => {
                let country = if other { self.other } else { self.own };
                let forms = self.templates.list("countries").get(country).and_then(words).unwrap_or_default();
                let form = forms.split('|').nth(form).unwrap_or_default();
                let towns: Vec<&str> = form.split(", ").collect();
                (*self.random.pick(&towns)).to_string()
            }
            Slot::Figure { low, high, hedged } => figures::figure(self.random, low, high, hedged, self.grouping),
            Slot::Digits => self.random.between(11, 99).to_string(),
            Slot::Decimal => figures::decimal(self.random),
            Slot::Day => figures::day(self.random),
            Slot::Date => format!("{} {}", figures::day(self.random), self.year - self.random.between(0, 2)),
            Slot::Clock => figures::clock(self.random),
        }
    }
}

fn words(template: &Template) -> Option<&'static str> {
    match template.0.as_slice() {
        [Piece::Text(words)] => Some(words),
        _ => None,
    }
}

fn capitalise(text: &mut String) {
    if let Some(first) = text.chars().next().filter(|first| first.is_lowercase()) {
        text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
}

/// Joins as French does: "de Ormont" is "d'Ormont", "de le groupe" is "du groupe"; "plus de onze" stays.
fn join(text: &mut String, value: &str) {
    let ends = |word: &str| text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let vowel = value.chars().next().is_some_and(|first| "AEIOUYÉÈÊÂÎaeiouéèêâî".contains(first));
    let of = ends("de ");
    let (cut, put, skip) = match value.split_once(' ').map(|(article, _)| article) {
        Some("le") if of => (3, "du ", 3),
        Some("les") if of => (3, "des ", 4),
        Some("le") if ends("à ") => (3, "au ", 3),
        Some("les") if ends("à ") => (3, "aux ", 4),
        _ if vowel && !value.starts_with("onze") && (of || ends("que ")) => (2, "'", 0),
        _ => (0, "", 0),
    };
    text.truncate(text.len() - cut);
    text.push_str(put);
    text.push_str(&value[skip..]);
}

fn size(words: &str) -> Result<u64> {
    let digits = words.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &words[digits.len()..] {
        "B" | "" => 1,
        "KB" | "kB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        unit => bail!("{unit} is no unit; KB, MB or GB was expected"),
    };
    let number: u64 = digits.parse().context("a whole number and a unit was expected, as 100MB")?;
    number.checked_mul(factor).context("too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(articles: usize) -> Vec<Article> {
        Corpus::new(7).expect("templates").take(articles).collect()
    }

    #[test]
    fn one_sentence_in_eight_is_a_claim_and_one_a_trap() {
        let mut sums = [0; 3];
        for article in first(4_000) {
            assert!((5..=25).contains(&article.counts[2]));
            for (sum, count) in sums.iter_mut().zip(article.counts) {
                *sum += count;
            }
        }
        for sum in &sums[..2] {
            let share = *sum as f64 / sums[2] as f64;
            assert!((0.115..0.135).contains(&share), "{sums:?}");
        }
    }

    #[test]
    fn the_same_seed_writes_the_same_bytes_and_another_does_not() {
        let write = |seed| Corpus::new(seed).expect("templates").take(50).map(|a| a.jsonl()).collect::<String>();
        assert_eq!(write(3), write(3));
        assert_ne!(write(3), write(4));
    }

    #[test]
    fn no_slot_is_left_open_and_few_sentences_come_twice() {
        let articles = first(200);
        let sentences: Vec<&str> = articles.iter().flat_map(|a| a.text.split(". ")).collect();
        let different: std::collections::BTreeSet<&&str> = sentences.iter().collect();
        assert!(different.len() * 10 > sentences.len() * 7, "{} of {} differ", different.len(), sentences.len());
        for article in &articles {
            let text = format!("{}\n{}", article.title, article.text);
            assert!(!text.contains(['{', '}', '|']), "{text}");
            assert!(!text.contains("  "), "{text}");
            assert!(!text.contains(" de le ") && !text.contains(" à le "), "{text}");
        }
    }

    #[test]
    fn wars_are_invented_wars() {
        for article in first(2_000) {
            for real in ["Ukrain", "Russ", "Gaza", "Israël", "Syri", "Soudan", "Yémen", "Mali", "Liban", "Iran"] {
                assert!(!article.text.contains(real) && !article.title.contains(real), "{real}: {}", article.text);
            }
        }
    }

    #[test]
    fn small_words_give_way_to_vowels() {
        let joined = |text: &str, value: &str| {
            let mut text = text.to_string();
            join(&mut text, value);
            text
        };
        assert_eq!(joined("près de ", "le port"), "près du port");
        assert_eq!(joined("près de ", "Ormont"), "près d'Ormont");
        assert_eq!(joined("plus de ", "onze"), "plus de onze");
        assert_eq!(joined("la ride ", "Ormont"), "la ride Ormont");
    }

    #[test]
    fn sizes_are_read() {
        assert_eq!(size("100MB").ok(), Some(100_000_000));
        assert_eq!(size("1GB").ok(), Some(1_000_000_000));
        assert!(size("lots").is_err() && size("3XB").is_err() && size("").is_err());
    }
}
