//! Verifies the DKIM signatures of one message, over the DNS answers that were kept of it.
//!
//! ```text
//! cargo run --example verify_message -- examples/messages/newsletter.eml examples/messages/newsletter.dns
//! ```

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use mailauth::dkim::{Options, Outcome, Verifier};
use mailauth::dns::replay::Replay;
use mailauth::message;
use mailauth::render::harmless;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [message, answers] = &arguments[..] else {
        eprintln!("usage: verify_message MESSAGE ANSWERS");
        return Ok(ExitCode::from(2));
    };
    let dns = Replay::load(Path::new(answers))?.recording;
    let (headers, mut body) = message::read(File::open(message)?, message::Limits::default())?;

    // The body goes through the hashes a piece at a time; a message of any length takes no more room.
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let mut verifier = Verifier::new(&headers, Options::new(now));
    while let Some(chunk) = body.next_chunk()? {
        verifier.update(chunk);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let signatures = runtime.block_on(verifier.finish(&dns));

    for it in &signatures {
        // The fields are strangers' words: make them harmless for the place they are shown in.
        let domain = it.signature.domain.as_ref().map_or("?", |name| name.as_str());
        println!("{} {}: {}", it.result, harmless::terminal(domain), harmless::terminal(&it.detail));
    }
    let passed = signatures.iter().any(|it| it.result == Outcome::Pass);
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
