//! Takes the token.
//!
//! In: a form. Out: a page, and a cookie for who gave the right token.

use super::super::asked::{Asked, Made, NoPage};
use super::super::page::TokenPage;
use super::super::room::Room;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// Where the token is given.
pub fn token(asked: &Asked) -> Result<Made, NoPage> {
    let exists = asked.room.options.token.is_some();
    Ok(Made::html(TokenPage { frame: asked.frame(), wrong: false, exists }.render()?))
}

/// The token was given.
pub async fn token_given(State(room): State<Arc<Room>>, request: Request) -> Response {
    super::posted(room, request, |asked| {
        let token = asked.room.options.token.as_ref();
        match token.filter(|token| token.is(asked.posted("token"))) {
            Some(token) => {
                let home = asked.frame().link("/");
                let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, home)]).into_response();
                if let Ok(cookie) = HeaderValue::from_str(&token.set_cookie()) {
                    response.headers_mut().insert(header::SET_COOKIE, cookie);
                }
                Ok(response)
            }
            None => {
                let page = TokenPage { frame: asked.frame(), wrong: true, exists: token.is_some() };
                Ok((StatusCode::FORBIDDEN, Html(page.render()?)).into_response())
            }
        }
    })
    .await
}
