//! Evaluates SPF for one client, as a mail server would.
//!
//! ```text
//! cargo run --example spf_check -- 192.0.2.10 mail.example-praxis.de info@example-praxis.de
//! ```

use std::error::Error;
use std::net::IpAddr;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use mailauth::dns::cache::{Cached, DEFAULT_CONCURRENCY};
use mailauth::dns::live::{Live, Settings};
use mailauth::spf::{Evaluator, Outcome, Params, received_spf};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ip, helo, sender] = &arguments[..] else {
        eprintln!("usage: spf_check IP HELO MAIL-FROM");
        return Ok(ExitCode::from(2));
    };
    let ip: IpAddr = ip.parse()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(check(ip, helo, sender))?;

    println!("Received-SPF: {}", received_spf(&outcome, ip, Some(helo), None));
    for entry in &outcome.trace {
        println!("  {:<40} {:?}", entry.term, entry.result);
    }
    Ok(ExitCode::SUCCESS)
}

/// A server keeps both for as long as it runs: the resolver with its memory, and the evaluator,
/// which reads every record once.
async fn check(ip: IpAddr, helo: &str, sender: &str) -> Result<Outcome, Box<dyn Error>> {
    let dns = Cached::new(Live::new(Settings::default())?, DEFAULT_CONCURRENCY);
    let evaluator = Evaluator::new();

    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let params = Params { receiver: Some("mx.example.org"), now, ..Params::new(ip, Some(helo), Some(sender)) };
    Ok(evaluator.check_host(&dns, &params).await)
}
