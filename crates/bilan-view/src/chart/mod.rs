//! Draws charts: one line for each claimant in time, or all claimants at a date.
//!
//! In: lines or a comparison, the reader's language, and what the caption must tell. Out: a [`Chart`], as SVG for a page
//! or a file, or as PNG.
//!
//! A general staff's "losses" stand at 14,400 and a ministry's "killed" at 1,351. In one scale the eye subtracts them.
//! So each measure has a scale of its own, and one for several only when the reader asks for it.

mod caption;
mod compare;
mod font;
mod paint;
mod scale;
mod series;

pub use caption::Caption;
pub use compare::compare;
pub use series::{Scales, series};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use font::{FAMILY, Weight};
pub(crate) use paint::escape;
use paint::{Paint, SOFT, TEXT};
use resvg::{tiny_skia, usvg};
use std::io::Write;
use std::sync::{Arc, LazyLock};

/// Width of every chart in pixels: at 16 cm on paper its smallest words have 7 points.
pub const WIDTH: f32 = 760.0;

/// A drawing.
#[derive(Clone, Debug)]
pub struct Chart {
    title: String,
    /// In one sentence, for those who do not see it.
    description: String,
    height: f32,
    elements: String,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be drawn: {0}")]
pub struct ChartError(String);

impl Chart {
    /// As a file: with its own font, on paper.
    pub fn svg(&self) -> String {
        let faces = [("400", REGULAR_WEB), ("700", BOLD_WEB)].map(|(weight, font)| {
            format!(
                "@font-face{{font-family:\"{FAMILY}\";font-weight:{weight};src:url(data:font/woff2;base64,{})}}",
                BASE64.encode(font)
            )
        });
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
            self.drawn(&format!("<style>{}</style>\n", faces.concat()))
        )
    }

    /// As it stands in a page, whose style sheet brings the font and the colours.
    pub fn inline(&self) -> String {
        self.drawn("")
    }

    /// As PNG, `scale` pixels of the picture to one of ours; 2 is right for screens, 4 for print.
    pub fn png(&self, scale: f32) -> Result<Vec<u8>, ChartError> {
        let wrong = |what: &dyn std::fmt::Display| ChartError(what.to_string());
        let tree = self.tree().map_err(|error| wrong(&error))?;
        let scale = scale.clamp(0.25, 8.0);
        let size = tree.size().to_int_size().scale_by(scale).ok_or_else(|| wrong(&"it has no size"))?;
        let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| wrong(&"it has no size"))?;
        pixels.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
        packed(&pixels).map_err(|error| wrong(&error))
    }

    fn tree(&self) -> Result<usvg::Tree, usvg::Error> {
        // What the font does not have would be drawn as nothing: it is drawn as a mark for what is missing.
        let drawn: String =
            self.drawn("").chars().map(|c| if c < ' ' || font::has(c) { c } else { '\u{FFFD}' }).collect();
        let options =
            usvg::Options { fontdb: FONTS.clone(), font_family: FAMILY.to_owned(), ..usvg::Options::default() };
        usvg::Tree::from_str(&drawn, &options)
    }

    /// Its heading.
    pub fn title(&self) -> &str {
        &self.title
    }

    fn drawn(&self, style: &str) -> String {
        let (mut title, mut description) = (String::new(), String::new());
        escape(&mut title, &self.title);
        escape(&mut description, &self.description);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"{WIDTH}\" height=\"{h:.0}\" viewBox=\"0 0 {WIDTH} {h:.0}\" \
             font-family=\"{FAMILY}, sans-serif\" role=\"img\" aria-label=\"{title}\">\n\
             <title>{title}</title>\n<desc>{description}</desc>\n{style}\
             <rect class=\"k-paper\" width=\"{WIDTH}\" height=\"{h:.0}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            self.elements,
            h = self.height,
        )
    }
}

/// A picture on paper as PNG, row by row: one of six thousand rows has forty megabytes, and a copy takes as long to make
/// as to pack.
fn packed(pixels: &tiny_skia::Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut packed = Vec::new();
    let mut encoder = png::Encoder::new(&mut packed, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    // Of flat colours a filter makes more bytes, and a long search for likenesses takes longer than the drawing.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    let mut colours = vec![0; pixels.width() as usize * 3];
    for row in pixels.data().chunks_exact(pixels.width() as usize * 4) {
        for (colour, pixel) in colours.chunks_exact_mut(3).zip(row.chunks_exact(4)) {
            colour.copy_from_slice(&pixel[..3]);
        }
        rows.write_all(&colours)?;
    }
    rows.finish()?;
    writer.finish()?;
    Ok(packed)
}

const REGULAR_WEB: &[u8] = include_bytes!("../../assets/font/noto-sans-regular.woff2");
const BOLD_WEB: &[u8] = include_bytes!("../../assets/font/noto-sans-bold.woff2");

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(font::REGULAR.to_vec());
    fonts.load_font_data(font::BOLD.to_vec());
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// The place on a drawing where the next thing goes.
struct Column {
    paint: Paint,
    y: f32,
}

impl Column {
    /// A drawing with its heading.
    fn headed(title: &str, below: &str, invented: Option<&str>) -> Column {
        let mut column = Column { paint: Paint::default(), y: 0.0 };
        if let Some(words) = invented {
            column.paint.fill(&paint::rectangle((0.0, 0.0), (WIDTH, 26.0)), paint::BAR, 1.0);
            column.paint.words((16.0, 18.0), words, 13.0, Weight::Bold, paint::ON_BAR, paint::Anchor::Start);
            column.y = 26.0;
        }
        column.y += 16.0;
        column.lines(title, 19.0, Weight::Bold, TEXT, 3);
        column.lines(below, 13.0, Weight::Regular, SOFT, 4);
        column.y += 4.0;
        column
    }

    /// Words over the whole width.
    fn lines(&mut self, words: &str, size: f32, weight: Weight, ink: paint::Ink, most: usize) {
        self.lines_from(16.0, words, size, weight, ink, most);
    }

    fn lines_from(&mut self, x: f32, words: &str, size: f32, weight: Weight, ink: paint::Ink, most: usize) {
        let words = crate::printed::shown(words);
        for line in font::wrap(&words, size, weight, WIDTH - x - 16.0, most) {
            self.y += (size * 1.35).round();
            self.paint.words((x, self.y), &line, size, weight, ink, paint::Anchor::Start);
        }
    }

    fn done(self, title: String, description: String) -> Chart {
        Chart { title, description, height: (self.y + 16.0).ceil(), elements: self.paint.done() }
    }
}

#[cfg(test)]
mod tests;
