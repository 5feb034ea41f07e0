//! Fetches what stands at an address, as a guest.
//!
//! In: an address. Out: the page with the head of its answer and the time, or one sentence on why not.
//!
//! A server may never end, stall, send a bomb, or send us on to the machine that we run on. So redirects are followed
//! here, one by one, each held to the same rules; and no host is asked twice within a second.

mod address;
mod kept;
mod robots;

#[cfg(test)]
mod tests;

use address::{Private, Public, is_public};
use bilan_archive::http::{self, Head};
use jiff::Timestamp;
use kept::Kept;
use robots::Robots;
use std::collections::HashMap;
use std::io::{BufReader, Read};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use ureq::unversioned::transport::DefaultConnector;
use url::{Host, Url};

/// How we behave.
#[derive(Clone, Debug)]
pub struct Manners {
    /// What we call ourselves; `robots.txt` is asked for the first word of it.
    pub agent: String,
    /// Addresses of private networks may be asked.
    pub private: bool,
    /// An address as `http://proxy:3128`; else what `$HTTPS_PROXY` and the like say.
    pub proxy: Option<String>,
    /// Most bytes of a page, packed and unpacked.
    pub limit: u64,
    /// Most time for one page, with its redirects.
    pub time: Duration,
    /// Most time without a single byte.
    pub silence: Duration,
    /// Least time between two requests to one host.
    pub pause: Duration,
    /// An archive that keeps what is fetched, so that only what has changed is sent again.
    pub keep: Option<PathBuf>,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners {
            agent: concat!("bilan/", env!("CARGO_PKG_VERSION"), " (reads reports for the tolls in them)").to_owned(),
            private: false,
            proxy: None,
            limit: 64 << 20,
            time: Duration::from_secs(60),
            silence: Duration::from_secs(20),
            pause: Duration::from_secs(1),
            keep: None,
        }
    }
}

/// What tells a server which version of a page we have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// `ETag`.
    pub tag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// A page as it was answered.
#[derive(Debug)]
pub struct Fetched {
    /// Where it stands, after all redirects.
    pub url: String,
    /// When it was answered.
    pub time: Timestamp,
    /// The head of the answer.
    pub head: Head,
    /// Encoding by the server's word.
    pub charset: Option<String>,
    /// Unpacked.
    pub body: Vec<u8>,
}

impl Fetched {
    /// What to ask the server with the next time.
    pub fn version(&self) -> Version {
        let field = |name: &str| self.head.field(name).map(str::to_owned);
        Version { tag: field("etag"), modified: field("last-modified") }
    }
}

/// Fetches one page after the other.
pub struct Fetcher {
    agent: ureq::Agent,
    manners: Manners,
    proxied: bool,
    kept: Option<Kept>,
    robots: HashMap<String, Robots>,
    /// When each host may be asked again.
    next: HashMap<String, Instant>,
}

/// Most redirects for one page.
const REDIRECTS: usize = 10;

/// The longest pause that a site can ask for.
const LONGEST_PAUSE: f64 = 30.0;

impl Fetcher {
    /// Begins with these manners.
    ///
    /// # Errors
    /// When the proxy has no good address, or the archive cannot be opened.
    pub fn new(manners: Manners) -> Result<Fetcher, String> {
        let proxy = match &manners.proxy {
            Some(proxy) => Some(ureq::Proxy::new(proxy).map_err(|error| {
                format!("{proxy}: no address of a proxy: {error}; expected one as http://proxy:3128")
            })?),
            None => ureq::Proxy::try_from_env(),
        };
        let host = proxy.as_ref().map(|proxy| format!("{}:{}", proxy.host(), proxy.port()));
        let config = ureq::Agent::config_builder()
            .proxy(proxy)
            .user_agent(&manners.agent)
            .accept("text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5")
            .accept_encoding("gzip, deflate, br, zstd")
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_per_read(Some(manners.silence))
            .timeout_connect(Some(manners.silence))
            .build();
        let proxied = host.is_some();
        let agent = match manners.private {
            true => ureq::Agent::new_with_config(config),
            false => ureq::Agent::with_parts(config, DefaultConnector::default(), Public::new(host)),
        };
        let kept = manners.keep.as_deref().map(|path| Kept::open(path, manners.limit)).transpose()?;
        Ok(Fetcher { agent, manners, proxied, kept, robots: HashMap::new(), next: HashMap::new() })
    }

    /// Fetches what stands at an address; what has not changed comes from the archive.
    ///
    /// # Errors
    /// One sentence: the address and why nothing was read there.
    pub fn get(&mut self, address: &str) -> Result<Fetched, String> {
        let until = Instant::now() + self.manners.time;
        let mut url = Url::parse(address).map_err(|error| format!("{address}: no address: {error}"))?;
        url.set_fragment(None);
        for followed in 0..=REDIRECTS {
            let from = if followed == 0 { String::new() } else { format!("{address}: redirects to ") };
            self.may_ask(&url, until).map_err(|why| format!("{from}{why}"))?;
            let known = self.kept.as_ref().and_then(|kept| kept.version(url.as_str())).cloned();
            let answered = self.ask(&url, known.as_ref(), self.manners.limit, until);
            let (head, body) = answered.map_err(|why| self.told(address, &url, &why))?;
            match (head.status, head.field("location")) {
                (304, _) if let (Some(_), Some(kept)) = (&known, &self.kept) => return kept.page(url.as_str()),
                (301 | 302 | 303 | 307 | 308, Some(to)) => {
                    url = url.join(to).map_err(|error| {
                        self.told(address, &url, &format!("redirects to {to:?}, which is no address: {error}"))
                    })?;
                    url.set_fragment(None);
                }
                (200..=299, _) => {
                    let body = body.map_err(|why| self.told(address, &url, &why))?;
                    let (_, charset) = http::content_type(head.field("content-type").unwrap_or(""));
                    let (url, time) = (url.into(), crate::config::now());
                    let page = Fetched { url, time, head, charset, body };
                    if let Some(kept) = &mut self.kept {
                        kept.keep(&page)?;
                    }
                    return Ok(page);
                }
                (status, _) => return Err(self.told(address, &url, &format!("answers with status {status}"))),
            }
        }
        Err(format!("{address}: redirects more than {REDIRECTS} times"))
    }

    /// An address, the one that it led to, and what is wrong there.
    fn told(&self, address: &str, url: &Url, why: &str) -> String {
        match url.as_str() == address {
            true => format!("{address}: {why}"),
            false => format!("{address}: {url} {why}"),
        }
    }

    /// Looks whether an address is one that a guest may ask.
    fn may_ask(&mut self, url: &Url, until: Instant) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{url}: only http and https are read, not {}", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(format!("{}: an address with a name or a password in it is not asked", bare(url)));
        }
        // The resolver looks at names; behind a proxy it sees none, so what needs none is looked at here.
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(name)) if self.proxied && is_local(name) => Some(IpAddr::from([127, 0, 0, 1])),
            _ => None,
        };
        if let Some(address) = literal.filter(|address| !self.manners.private && !is_public(*address)) {
            return Err(format!("{url}: {}", Private(address)));
        }
        let origin = url.origin().ascii_serialization();
        if !self.robots.contains_key(&origin) {
            let robots = self.robots(url, until)?;
            self.robots.insert(origin.clone(), robots);
        }
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        match self.robots.get(&origin).is_some_and(|robots| robots.allow(path)) {
            true => Ok(()),
            false => Err(format!("{url}: the site's robots.txt asks programs not to read this")),
        }
    }

    /// What a site asks of us. A site without the file asks nothing; one that fails to give it is left alone.
    fn robots(&mut self, of: &Url, until: Instant) -> Result<Robots, String> {
        let mut url = of.join("/robots.txt").map_err(|error| format!("{of}: {error}"))?;
        for _ in 0..=5 {
            let (head, body) =
                self.ask(&url, None, robots::LIMIT, until).map_err(|why| self.told(of.as_str(), &url, &why))?;
            match (head.status, head.field("location")) {
                (301 | 302 | 303 | 307 | 308, Some(to)) => match url.join(to) {
                    Ok(to) if matches!(to.scheme(), "http" | "https") => url = to,
                    _ => return Ok(Robots::default()),
                },
                (200..=299, _) => {
                    let body = body.unwrap_or_default();
                    return Ok(Robots::read(&String::from_utf8_lossy(&body), robots::token(&self.manners.agent)));
                }
                (500.., _) => return Ok(Robots::none()),
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    /// One request, after a pause where the host was asked just before.
    fn ask(
        &mut self,
        url: &Url,
        known: Option<&Version>,
        limit: u64,
        until: Instant,
    ) -> Result<(Head, Result<Vec<u8>, String>), String> {
        let host = url.host_str().unwrap_or("");
        if let Some(next) = self.next.get(host) {
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        let answer = self.request(url, known, limit, until);
        let asked = self.robots.get(&url.origin().ascii_serialization()).and_then(|robots| robots.delay);
        let asked = asked.map_or(Duration::ZERO, |delay| Duration::from_secs_f64(delay.min(LONGEST_PAUSE)));
        self.next.insert(host.to_owned(), Instant::now() + self.manners.pause.max(asked));
        answer
    }

    fn request(
        &self,
        url: &Url,
        known: Option<&Version>,
        limit: u64,
        until: Instant,
    ) -> Result<(Head, Result<Vec<u8>, String>), String> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(late(self.manners.time));
        }
        let mut request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        for (name, value) in known.into_iter().flat_map(|known| {
            [("If-None-Match", known.tag.as_deref()), ("If-Modified-Since", known.modified.as_deref())]
        }) {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = request.call().map_err(|error| self.why(&error))?;
        let fields = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let head = Head { status: response.status().as_u16(), fields: fields.collect() };
        let coding = head.field("content-encoding").unwrap_or("").to_ascii_lowercase();
        let reader = BufReader::new(response.into_body().into_reader().take(limit + 1));
        let body = http::unpacked(&coding, reader, limit);
        let body = match body.cut {
            None => Ok(body.bytes),
            Some(_) if Instant::now() >= until => Err(late(self.manners.time)),
            Some(cut) => Err(format!("breaks off after {} bytes: {cut}", body.bytes.len())),
        };
        Ok((head, body))
    }

    fn why(&self, error: &ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(ureq::Timeout::PerRead) => {
                format!("sends nothing for {:.0?}", self.manners.silence)
            }
            ureq::Error::Timeout(ureq::Timeout::Global) => late(self.manners.time),
            ureq::Error::Timeout(_) => "does not answer in time".to_owned(),
            ureq::Error::HostNotFound => "the host is not known".to_owned(),
            ureq::Error::Io(error) => error.to_string(),
            ureq::Error::Other(error) => error.to_string(),
            error => error.to_string(),
        }
    }
}

fn late(time: Duration) -> String {
    format!("is not there after {time:.0?}")
}

/// An address without the name and the password in it: nobody wants them in a log.
fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    // Only an address without a host can refuse, and such a one has neither.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    url
}

fn is_local(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    ["localhost", "local", "internal"].iter().any(|end| name == *end || name.ends_with(&format!(".{end}")))
}
