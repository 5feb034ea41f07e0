//! Writes the elements of a picture.
//!
//! In: shapes and words with their places. Out: SVG elements, escaped.
//!
//! A picture stands in a page, light or dark, and in a file that is printed. So each element carries the colours of
//! paper as attributes and a class beside them: a style sheet wins over an attribute, and a page that is dark recolours
//! the same drawing. No element has a `style` attribute, which the page's own policy would refuse.

use super::font::Weight;
use crate::printed::shown;
use std::fmt::Write;

/// A colour with its class; the colour is that of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// The class, for a page that is dark.
    pub class: &'static str,
    /// On paper.
    pub paper: &'static str,
}

/// Words.
pub const TEXT: Ink = Ink { class: "k-ink", paper: "#1d1d1b" };
/// Words that matter less.
pub const SOFT: Ink = Ink { class: "k-soft", paper: "#5a5853" };
/// Lines of the scale.
pub const RULE: Ink = Ink { class: "k-rule", paper: "#dedbd4" };
/// What lies behind everything.
pub const PAPER: Ink = Ink { class: "k-paper", paper: "#ffffff" };
/// Falls, jumps, contradictions.
pub const WARN: Ink = Ink { class: "k-warn", paper: "#8a3b12" };

/// The bar over a picture of invented figures, and its words.
pub const BAR: Ink = Ink { class: "k-bar", paper: "#8a3b12" };
/// Words on that bar.
pub const ON_BAR: Ink = Ink { class: "k-on-bar", paper: "#ffffff" };

/// Claimants. After Okabe and Ito, darkened until each stands out from paper at 3 to 1; with a dash and a mark of its
/// own for print and for eyes that do not tell the colours apart.
pub const VOICES: [Ink; 6] = [
    Ink { class: "k-v0", paper: "#00619b" },
    Ink { class: "k-v1", paper: "#b84a00" },
    Ink { class: "k-v2", paper: "#00704f" },
    Ink { class: "k-v3", paper: "#9a3d76" },
    Ink { class: "k-v4", paper: "#6b5b00" },
    Ink { class: "k-v5", paper: "#4a4a4a" },
];

/// How a line is broken, by claimant.
pub const DASHES: [&str; 4] = ["", "9 3", "3 3", "10 3 2 3"];

/// Where words begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At the place given.
    Start,
    /// Around it.
    Middle,
    /// Before it.
    End,
}

/// Elements as they are written.
#[derive(Clone, Debug, Default)]
pub struct Paint {
    elements: String,
}

impl Paint {
    /// The elements.
    pub fn done(self) -> String {
        self.elements
    }

    /// Draws over what is there.
    pub fn append(&mut self, over: Paint) {
        self.elements.push_str(&over.elements);
    }

    /// Words on one line; `y` is their base line.
    pub fn words(&mut self, at: (f32, f32), words: &str, size: f32, weight: Weight, ink: Ink, anchor: Anchor) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let bold = if weight == Weight::Bold { " font-weight=\"700\"" } else { "" };
        let _ = write!(
            self.elements,
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size}\"{bold}{anchor} class=\"{}\" fill=\"{}\">",
            at.0, at.1, ink.class, ink.paper
        );
        escape(&mut self.elements, words);
        self.elements.push_str("</text>\n");
    }

    /// Clears a place for bold words over the lines of the scale.
    pub fn clear(&mut self, (x, y): (f32, f32), words: &str, size: f32, anchor: Anchor) {
        let wide = super::font::width(words, size, Weight::Bold);
        let from = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::End => x - wide,
        };
        self.fill(&rectangle((from - 2.0, y - size), (wide + 4.0, size * 1.35)), PAPER, 1.0);
    }

    /// A straight line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, dash: &str, ink: Ink) {
        self.path(&format!("M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1), width, dash, ink);
    }

    /// A line along a path.
    pub fn path(&mut self, path: &str, width: f32, dash: &str, ink: Ink) {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        let _ = writeln!(
            self.elements,
            "<path d=\"{path}\" class=\"{}-s\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{dash}/>",
            ink.class, ink.paper
        );
    }

    /// A filled path, see-through by `opacity`.
    pub fn fill(&mut self, path: &str, ink: Ink, opacity: f32) {
        let _ = writeln!(
            self.elements,
            "<path d=\"{path}\" class=\"{}\" fill=\"{}\" fill-opacity=\"{opacity}\"/>",
            ink.class, ink.paper
        );
    }

    /// A path filled with paper and drawn around: hollow.
    pub fn hollow(&mut self, path: &str, width: f32, ink: Ink) {
        let _ = writeln!(
            self.elements,
            "<path d=\"{path}\" class=\"k-hollow {}-s\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{width}\"/>",
            ink.class, PAPER.paper, ink.paper
        );
    }

    /// A rectangle of slanting lines: bounds that are ours.
    pub fn hatched(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) {
        let mut lines = String::new();
        let (step, mut at) = (5.0_f32, -height);
        while at < width {
            // A line from the bottom up to the right, cut where it leaves the rectangle.
            let (from, to) = (at.max(0.0), (at + height).min(width));
            if to - from > 0.3 {
                let _ = write!(
                    lines,
                    "M{:.1} {:.1}L{:.1} {:.1}",
                    x + from,
                    y + height - (from - at),
                    x + to,
                    y + height - (to - at)
                );
            }
            at += step;
        }
        self.path(&lines, 1.0, "", ink);
        self.path(&rectangle((x, y), (width, height)), 0.8, "2 2", ink);
    }

    /// What is drawn by `inside` has a name of its own for those who hear the picture, and for those who point at it.
    pub fn named(&mut self, name: &str, inside: impl FnOnce(&mut Paint)) {
        self.elements.push_str("<g><title>");
        escape(&mut self.elements, name);
        self.elements.push_str("</title>\n");
        inside(self);
        self.elements.push_str("</g>\n");
    }
}

/// The path of a rectangle.
pub fn rectangle((x, y): (f32, f32), (width, height): (f32, f32)) -> String {
    format!("M{x:.1} {y:.1}h{width:.1}v{height:.1}h{:.1}Z", -width)
}

/// The mark of a claimant: each has a shape of its own.
pub fn mark(voice: usize, (x, y): (f32, f32), size: f32) -> String {
    let r = size;
    match voice % 6 {
        0 => format!("M{:.1} {y:.1}a{r} {r} 0 1 0 {:.1} 0a{r} {r} 0 1 0 {:.1} 0Z", x - r, 2.0 * r, -2.0 * r),
        1 => rectangle((x - r * 0.9, y - r * 0.9), (r * 1.8, r * 1.8)),
        2 => format!("M{x:.1} {:.1}l{:.1} {:.1}h{:.1}Z", y - r * 1.2, r * 1.15, r * 2.0, -r * 2.3),
        3 => format!(
            "M{x:.1} {:.1}l{d:.1} {d:.1}l{:.1} {d:.1}l{:.1} {:.1}Z",
            y - r * 1.25,
            -r * 1.25,
            -r * 1.25,
            -r * 1.25,
            d = r * 1.25
        ),
        4 => format!("M{x:.1} {:.1}l{:.1} {:.1}h{:.1}Z", y + r * 1.2, r * 1.15, -r * 2.0, -r * 2.3),
        _ => {
            let a = r * 0.45;
            format!(
                "M{:.1} {:.1}h{b:.1}v{c:.1}h{c:.1}v{b:.1}h{m:.1}v{c:.1}h{n:.1}v{m:.1}h{m:.1}v{n:.1}h{c:.1}Z",
                x - a,
                y - r * 1.15,
                b = 2.0 * a,
                c = r * 1.15 - a,
                m = -(r * 1.15 - a),
                n = -2.0 * a
            )
        }
    }
}

/// Writes words as they may stand in XML.
pub fn escape(to: &mut String, words: &str) {
    for c in shown(words).chars() {
        match c {
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '&' => to.push_str("&amp;"),
            '"' => to.push_str("&quot;"),
            '\n' | '\r' | '\t' => to.push(' '),
            c => to.push(c),
        }
    }
}
