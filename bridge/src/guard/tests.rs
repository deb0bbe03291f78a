use super::*;
use axum::http::HeaderValue;

fn knock(method: Method, uri: &str, headers: &[(&str, &str)]) -> Result<(), TurnedAway> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
    }
    Door::new(8470).check(&method, &uri.parse().unwrap(), &map)
}

#[test]
fn the_host_must_be_one_of_ours_to_the_letter() {
    for host in ["127.0.0.1:8470", "localhost:8470", "[::1]:8470"] {
        assert_eq!(knock(Method::GET, "/", &[("host", host)]), Ok(()), "{host}");
    }
    for host in [
        "",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:84700",
        "127.0.0.1:8470.evil.example",
        "localhost.evil.example:8470",
        "evil.example",
        "evil.example:8470",
        "xlocalhost:8470",
        "LOCALHOST:8470",
        "127.0.0.1:8470 ",
        "127.1:8470",
        "0.0.0.0:8470",
        "::1:8470",
        "user@127.0.0.1:8470",
        "127.0.0.1:8470, 127.0.0.1:8470",
    ] {
        assert_eq!(knock(Method::GET, "/", &[("host", host)]), Err(TurnedAway::Host), "{host:?}");
    }
    assert_eq!(knock(Method::GET, "/", &[]), Err(TurnedAway::Host), "none at all");
    let two = [("host", "127.0.0.1:8470"), ("host", "127.0.0.1:8470")];
    assert_eq!(knock(Method::GET, "/", &two), Err(TurnedAway::Host), "two, even equal ones");
    let odd = [("host", "127.0.0.1:8470")];
    assert_eq!(knock(Method::GET, "http://evil.example/", &odd), Err(TurnedAway::Host), "another in the request line");
    assert_eq!(knock(Method::GET, "http://127.0.0.1:8470/", &odd), Ok(()));
}

const HOST: (&str, &str) = ("host", "127.0.0.1:8470");

#[test]
fn the_origin_must_be_ours_where_something_could_happen() {
    let put = |origin: &[(&str, &str)]| knock(Method::PUT, "/v1/drives/sim-0/medium", &[&[HOST], origin].concat());
    let socket = |origin: &[(&str, &str)]| {
        knock(Method::GET, "/v1/drives/sim-0/scsi", &[&[HOST, ("upgrade", "websocket")], origin].concat())
    };
    for origin in ["http://127.0.0.1:8470", "http://localhost:8470", "http://[::1]:8470"] {
        assert_eq!(put(&[("origin", origin)]), Ok(()), "{origin}");
        assert_eq!(socket(&[("origin", origin)]), Ok(()), "{origin}");
    }
    for origin in [
        "",
        "null",
        "http://127.0.0.1",
        "https://127.0.0.1:8470",
        "http://127.0.0.1:8471",
        "http://127.0.0.1:8470/",
        "http://127.0.0.1:8470.evil.example",
        "http://localhost:8470@evil.example",
        "http://localhost.evil.example:8470",
        "http://evil.example",
        "HTTP://127.0.0.1:8470",
        "file://",
    ] {
        assert_eq!(put(&[("origin", origin)]), Err(TurnedAway::Origin), "{origin:?}");
        assert_eq!(socket(&[("origin", origin)]), Err(TurnedAway::Origin), "{origin:?}");
        let get = knock(Method::GET, "/v1/hello", &[HOST, ("origin", origin)]);
        assert_eq!(get, Err(TurnedAway::Origin), "{origin:?}: a strange page may not even read");
    }
    assert_eq!(put(&[]), Err(TurnedAway::Origin));
    assert_eq!(socket(&[]), Err(TurnedAway::Origin));
    let two = [("origin", "http://127.0.0.1:8470"), ("origin", "http://127.0.0.1:8470")];
    assert_eq!(put(&two), Err(TurnedAway::Origin));
    assert_eq!(knock(Method::OPTIONS, "/v1/hello", &[HOST]), Err(TurnedAway::Origin));
    assert_eq!(knock(Method::GET, "/v1/hello", &[HOST]), Ok(()), "reading without an origin: not a page's request");
}

#[test]
fn what_the_browser_says_of_itself_counts_below_the_api() {
    for (site, api, page) in [
        ("same-origin", Ok(()), Ok(())),
        ("none", Ok(()), Ok(())),
        ("same-site", Err(TurnedAway::Origin), Ok(())),
        ("cross-site", Err(TurnedAway::Origin), Ok(())),
        ("", Err(TurnedAway::Origin), Ok(())),
    ] {
        let site = ("sec-fetch-site", site);
        assert_eq!(knock(Method::GET, "/v1/drives", &[HOST, site]), api, "{site:?}");
        assert_eq!(knock(Method::GET, "/", &[HOST, site]), page, "{site:?}");
    }
}
