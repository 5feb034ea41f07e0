//! placeholder
/// t
#[derive(Default, serde::Deserialize)]
pub struct Table {}
