//! Says who spoke where no party stands for them: by what they are, never by a name.
//!
//! In: the words of a text for a claimant that nothing resolves. Out: these words, or none where they would name a person.
//!
//! "selon les survivants" is not the reporter's own voice; nor is "raconte Ahmed, 52 ans", whose name is nobody's to list.
//! A name begins with a capital, in all scripts that have any: words without one tell a role.

use bilan::claim::Claim;

/// These words, where they name nobody; else none.
pub fn role(words: &str) -> &str {
    let words = words.trim();
    match words.chars().any(char::is_lowercase) && !words.chars().any(char::is_uppercase) {
        true => words,
        false => "",
    }
}

/// Who speaks in a claim, when it is somebody whom no party stands for; `None` for a party and for the reporter.
pub fn unidentified(claim: &Claim) -> Option<&str> {
    let words = claim.as_said.get("claimant").filter(|words| claim.claimant.is_none() && !words.trim().is_empty());
    words.map(|words| role(words))
}

/// In English: `"survivants" (unidentified)`, or that it is somebody.
pub fn named(role: &str) -> String {
    match role {
        "" => "somebody (unidentified)".to_owned(),
        role => format!("\"{role}\" (unidentified)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_told_and_a_name_is_not() {
        assert_eq!(role("porte-parole"), "porte-parole");
        assert_eq!(role("les survivants"), "les survivants");
        for name in ["Ahmed", "Mamadou, marchand", "le commerçant Ahmed", "Élodie", "احمد", "—", ""] {
            assert_eq!(role(name), "", "{name}");
        }
    }
}
