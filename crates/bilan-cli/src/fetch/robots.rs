//! Reads what a site asks of programs: its `robots.txt` (RFC 9309).
//!
//! In: the file, our name, a path. Out: whether the path may be asked, and how long to wait between two requests.
//!
//! Of all rules that fit a path the longest holds, wherever it stands; a rule with forty stars must cost no more than a
//! long one.

/// Most bytes of the file that count.
pub(super) const LIMIT: u64 = 500 << 10;

/// What a site asks of us.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// Seconds between two requests, where the site says so.
    pub delay: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allow: bool,
    /// Decoded, with `*` and a last `$`.
    pattern: String,
}

impl Robots {
    /// The rules for a program of this name; those for all where there are none of its own.
    pub(super) fn read(text: &str, name: &str) -> Robots {
        let (mut own, mut all) = (None::<Robots>, Robots::default());
        let (mut for_us, mut for_all, mut in_rules) = (false, false, true);
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let line = line.split('#').next().unwrap_or("");
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    (for_us, for_all) = (false, false);
                }
                for_us |= token(value).eq_ignore_ascii_case(name);
                for_all |= value == "*";
                if for_us {
                    own.get_or_insert_default();
                }
                continue;
            }
            in_rules |= matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
            let chosen = own.as_mut().filter(|_| for_us).into_iter().chain(Some(&mut all).filter(|_| for_all));
            for robots in chosen {
                match key.as_str() {
                    "allow" | "disallow" if !value.is_empty() => {
                        robots.rules.push(Rule { allow: key == "allow", pattern: decoded(value) });
                    }
                    "crawl-delay" => robots.delay = value.parse().ok().filter(|delay| *delay >= 0.0),
                    _ => {}
                }
            }
        }
        own.unwrap_or(all)
    }

    /// A site whose rules cannot be had is not asked.
    pub(super) fn none() -> Robots {
        Robots { rules: vec![Rule { allow: false, pattern: "/".to_owned() }], delay: None }
    }

    /// Whether a path, with its query, may be asked.
    pub(super) fn allow(&self, path: &str) -> bool {
        let path = decoded(path);
        let fitting = self.rules.iter().filter(|rule| fits(rule.pattern.as_bytes(), path.as_bytes()));
        // Of two rules of one length the one that allows holds.
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

/// `bilan` of `bilan/0.1 (+https://…)`.
pub(super) fn token(agent: &str) -> &str {
    agent.trim().split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap_or("")
}

/// `%7Eauthor` and `~author` are one path; `%2F` is no slash; letters beyond ASCII stand for their bytes.
fn decoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let told = digits.filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = if told.is_some() { &behind[2..] } else { behind };
        let byte = told.unwrap_or(first);
        let bare =
            if told.is_some() { byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) } else { byte.is_ascii() };
        match bare {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A star stands for anything, and each takes as little as it can: only the last needs to be tried again.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (mut p, mut at) = (0, 0);
    let mut star = None;
    loop {
        if p == pattern.len() && (!to_end || at == path.len()) {
            return true;
        }
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p + 1, at));
                p += 1;
            }
            Some(byte) if path.get(at) == Some(byte) => {
                p += 1;
                at += 1;
            }
            _ => match star {
                Some((after, from)) if from < path.len() => {
                    star = Some((after, from + 1));
                    (p, at) = (after, from + 1);
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "\u{FEFF}# invented\nUser-agent: other\nDisallow: /\n\nUser-Agent: bilan\nUser-agent: third\n\
        Disallow: /private/ # not for us\nAllow: /private/open\nDisallow: /*.pdf$\nCrawl-delay: 2.5\nSitemap: x\n\n\
        User-agent: *\nDisallow: /all\n";

    #[test]
    fn the_longest_rule_of_our_own_group_holds() {
        let ours = Robots::read(FILE, "Bilan");
        for (path, allowed) in [
            ("/", true),
            ("/all", true),
            ("/private/a", false),
            ("/private/open/a", true),
            ("/%70rivate/a", false),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
        ] {
            assert_eq!(ours.allow(path), allowed, "{path}");
        }
        assert_eq!(ours.delay, Some(2.5));
        let others = Robots::read(FILE, "nobody");
        assert!(others.allow("/private/a") && !others.allow("/all/x"));
        assert!(!Robots::read(FILE, "other").allow("/"));
    }

    #[test]
    fn odd_files_are_read_as_they_are_meant() {
        for (file, path, allowed) in [
            ("", "/a", true),
            ("<html>not found</html>", "/a", true),
            ("User-agent: *\nDisallow:\n", "/a", true),
            ("User-agent: *\nDisallow: /\nAllow: /\n", "/a", true),
            ("Disallow: /\n", "/a", true),
            ("User-agent: *\nDisallow: /é\n", "/%C3%A9t", false),
            ("User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true),
            ("User-agent: *\r\nDisallow: /a\r\n", "/ab", false),
            ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n", "/b", false),
            ("User-agent: *\nAllow: /\nUser-agent: bilan\nDisallow: /\n", "/", false),
        ] {
            assert_eq!(Robots::read(file, "bilan").allow(path), allowed, "{file:?} {path}");
        }
        assert!(!Robots::none().allow("/"));
        assert_eq!(token("bilan/0.1 (+https://example.org)"), "bilan");
    }

    #[test]
    fn many_stars_cost_no_more_than_a_long_rule() {
        let file = format!("User-agent: *\nDisallow: /{}b", "*a".repeat(10_000));
        assert!(Robots::read(&file, "bilan").allow(&format!("/{}", "a".repeat(20_000))));
    }

    proptest! {
        #[test]
        fn any_file_can_be_read(file in "(user-agent: (\\*|bilan)\n|(dis)?allow: [/a*$%é]{0,12}\n|crawl-delay: [0-9.nai-]{0,4}\n|\\PC{0,9}\n){0,12}", path in "/[a%é?]{0,9}") {
            let robots = Robots::read(&file, "bilan");
            let _ = robots.allow(&path);
            prop_assert!(robots.delay.is_none_or(|delay| delay >= 0.0));
        }
    }
}
