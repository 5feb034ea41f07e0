//! Tells which addresses belong to everybody.
//!
//! In: an address that a name was resolved to. Out: whether it may be asked.
//!
//! A feed may redirect to 127.0.0.1, and a name of the attacker's may resolve to the router; an IPv6 address may hold an
//! IPv4 one in five ways. So the addresses that are connected to are looked at, not the names.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves names as the system does, and gives only addresses that may be asked.
#[derive(Debug)]
pub(super) struct Public {
    /// Host and port of a proxy: it is chosen by the person, and may stand anywhere.
    pub proxy: Option<String>,
    inner: DefaultResolver,
}

/// A name that leads into a network of one's own.
#[derive(Debug)]
pub(super) struct Private(pub IpAddr);

impl Public {
    pub(super) fn new(proxy: Option<String>) -> Public {
        Public { proxy, inner: DefaultResolver::default() }
    }
}

impl std::fmt::Display for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "leads to {}, an address of a private network; --allow-private lets it be asked", self.0)
    }
}

impl std::error::Error for Private {}

impl Resolver for Public {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let asked = uri.scheme().zip(uri.authority());
        let asked = asked.and_then(|(scheme, authority)| DefaultResolver::host_and_port(scheme, authority));
        if asked.is_some() && asked == self.proxy {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|address| is_public(address.ip())).for_each(|address| public.push(*address));
        match (public.is_empty(), found.first()) {
            (true, Some(first)) => Err(ureq::Error::Other(Box::new(Private(SocketAddr::ip(first))))),
            _ => Ok(public),
        }
    }
}

/// Whether an address is anybody's on the internet: no loopback, no network of one's own, no group, no example.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let of_one_s_own = address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19));
    !(of_one_s_own || address.is_multicast() || address.is_documentation() || a >= 240)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let low = |high: u16, low: u16| is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    match parts {
        [0, 0, 0, 0, 0, 0xFFFF, a, b] | [0, 0, 0, 0, 0xFFFF, 0, a, b] | [0x64, 0xFF9B, 0, 0, 0, 0, a, b] => low(a, b),
        [0x2002, a, b, ..] => low(a, b),
        // Everything else that the internet routes begins with 001; of that, tunnels and examples are no hosts.
        [0x2001, 0..=0x01FF | 0xDB8, ..] | [0x3FFF, 0..=0x0FFF, ..] => false,
        [first, ..] => (first >> 13) == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_anybodys_is_public() {
        for (address, public) in [
            ("93.184.216.34", true),
            ("172.32.0.1", true),
            ("100.128.0.1", true),
            ("2606:2800:220:1::1", true),
            ("2002:5db8:d822::1", true),
            ("::ffff:93.184.216.34", true),
            ("127.0.0.1", false),
            ("127.8.8.8", false),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("198.18.0.1", false),
            ("192.0.2.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("240.0.0.1", false),
            ("::", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:0:127.0.0.1", false),
            ("::127.0.0.1", false),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b:1::1", false),
            ("2002:7f00:1::", false),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("fd00::1", false),
            ("ff02::1", false),
        ] {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }
}
