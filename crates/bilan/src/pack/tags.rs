//! What a form of a word tells: person, number, gender, tense, voice, case.
//!
//! In: short words of `inflection.toml`, as `part f pl`. Out: a set of bits.
//!
//! An ending may mean several things ("-e" is first and third person): its bits are the union, and agreement asks
//! whether two words can agree, never whether they must.

/// A set of grammatical traits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Tags(u32);

macro_rules! tags {
    ($($name:ident $word:literal $bit:literal,)*) => {
        impl Tags {
            $(
                #[doc = concat!("`", $word, "` in a pack.")]
                pub const $name: Tags = Tags(1 << $bit);
            )*
            /// Every trait with its word in a pack.
            pub const ALL: &'static [(&'static str, Tags)] = &[$(($word, Tags::$name)),*];
        }
    };
}

tags! {
    FIRST "1" 0, SECOND "2" 1, THIRD "3" 2,
    SINGULAR "sg" 3, PLURAL "pl" 4,
    MASCULINE "m" 5, FEMININE "f" 6, NEUTER "n" 7,
    PRESENT "pres" 8, PAST "past" 9, IMPERFECT "imperf" 10, FUTURE "fut" 11,
    CONDITIONAL "cond" 12, SUBJUNCTIVE "subj" 13,
    INFINITIVE "inf" 14, PARTICIPLE "part" 15, GERUND "ger" 16,
    PASSIVE "passive" 17,
    NOMINATIVE "nom" 18, GENITIVE "gen" 19, DATIVE "dat" 20, ACCUSATIVE "acc" 21, INSTRUMENTAL "ins" 22, LOCATIVE "loc" 23,
    PROPER "proper" 24,
}

impl Tags {
    /// No trait.
    pub const NONE: Tags = Tags(0);
    const NUMBER: Tags = Tags(Tags::SINGULAR.0 | Tags::PLURAL.0);
    const GENDER: Tags = Tags(Tags::MASCULINE.0 | Tags::FEMININE.0 | Tags::NEUTER.0);
    /// Forms that carry a person and a tense.
    pub const FINITE: Tags = Tags(
        Tags::PRESENT.0 | Tags::PAST.0 | Tags::IMPERFECT.0 | Tags::FUTURE.0 | Tags::CONDITIONAL.0 | Tags::SUBJUNCTIVE.0,
    );

    /// Whether it has any of these traits.
    pub fn has(self, any: Tags) -> bool {
        self.0 & any.0 != 0
    }

    /// Both sets together.
    pub fn with(self, more: Tags) -> Tags {
        Tags(self.0 | more.0)
    }

    /// Whether two words can agree in number and gender; what is not told agrees with anything.
    pub fn agrees(self, other: Tags) -> bool {
        [Tags::NUMBER, Tags::GENDER].iter().all(|trait_| {
            let (a, b) = (self.0 & trait_.0, other.0 & trait_.0);
            a == 0 || b == 0 || a & b != 0
        })
    }

    /// Reads `part f pl`; the word that is no trait is the error.
    pub fn parse(words: &str) -> Result<Tags, String> {
        words.split([' ', '|']).filter(|word| !word.is_empty()).try_fold(Tags::NONE, |tags, word| {
            let found = Tags::ALL.iter().find(|(name, _)| *name == word);
            found.map(|(_, tag)| tags.with(*tag)).ok_or_else(|| word.to_owned())
        })
    }
}
