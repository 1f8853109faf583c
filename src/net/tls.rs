//! TLS as a client: one that insists on a valid certificate, and one that looks at what it gets.
//!
//! A policy file counts only with a valid certificate (RFC 8461 §3.3). A mail server is spoken to
//! whatever its certificate says, since that is what the probe is to find out; nothing but QUIT is
//! said to it.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use serde::{Deserialize, Serialize};
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};

/// Names of a certificate that are kept for the words of a finding.
const MOST_NAMES: usize = 5;

/// What is wrong with a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateFault {
    /// It, or one above it, has expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// It is made out to these names (at most five), and not to the host's.
    WrongName(Vec<String>),
    /// Its issuer is nobody that is trusted, or a certificate between the two is missing.
    Untrusted,
    /// Nobody but itself vouches for it.
    SelfSigned,
    /// Anything else.
    Other(String),
}

impl CertificateFault {
    /// A word for the kind of fault, for messages and programs.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::WrongName(_) => "wrong-name",
            Self::Untrusted => "untrusted",
            Self::SelfSigned => "self-signed",
            Self::Other(_) => "other",
        }
    }
}

impl fmt::Display for CertificateFault {
    /// What follows "certificate".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expired => f.write_str("has expired"),
            Self::NotYetValid => f.write_str("is not valid yet"),
            Self::WrongName(names) => write!(f, "is made out to another name ({})", names.join(", ")),
            Self::Untrusted => f.write_str("is from an issuer that is not trusted"),
            Self::SelfSigned => f.write_str("is vouched for by nobody but itself"),
            Self::Other(why) => write!(f, "does not hold: {why}"),
        }
    }
}

/// Makes TLS clients with the same trust.
#[derive(Debug)]
pub struct TlsClients {
    roots: Option<Arc<RootCertStore>>,
    checking: OnceLock<Option<Arc<ClientConfig>>>,
}

impl TlsClients {
    /// Clients that trust `roots`, or those of the web where there are none. Costs nothing until it is used.
    pub fn new(roots: Option<Arc<RootCertStore>>) -> Self {
        Self { roots, checking: OnceLock::new() }
    }

    fn roots(&self) -> Arc<RootCertStore> {
        let web = || Arc::new(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() });
        self.roots.clone().unwrap_or_else(web)
    }

    /// A client for HTTP/1.1 that insists on a valid certificate; `None` where TLS cannot be set up.
    pub fn checking(&self) -> Option<Arc<ClientConfig>> {
        let make = || {
            let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
            let mut config = builder.ok()?.with_root_certificates(self.roots()).with_no_client_auth();
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
            config.resumption = Resumption::disabled();
            Some(Arc::new(config))
        };
        self.checking.get_or_init(make).clone()
    }

    /// A client that takes any certificate and keeps the verdict on it.
    pub fn collecting(&self) -> Option<(Arc<ClientConfig>, Arc<Collector>)> {
        let collector =
            Arc::new(Collector { inner: verifier(self.roots())?, provider: provider(), fault: Mutex::default() });
        let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
        let mut config =
            builder.ok()?.dangerous().with_custom_certificate_verifier(collector.clone()).with_no_client_auth();
        config.resumption = Resumption::disabled();
        Some((Arc::new(config), collector))
    }
}

/// Whether a chain, the server's own certificate first, leads to its own member at `anchor` and bears the name
/// `host`: what DANE-TA asks for (RFC 7672 §3.1.2).
pub fn leads_to(chain: &[Vec<u8>], anchor: usize, host: &str, now: UnixTime) -> bool {
    let (Some(own), Some(top)) = (chain.first(), chain.get(anchor)) else { return false };
    let mut roots = RootCertStore::empty();
    if roots.add(CertificateDer::from(top.as_slice()).into_owned()).is_err() {
        return false;
    }
    let (Some(verifier), Ok(name)) = (verifier(Arc::new(roots)), ServerName::try_from(host)) else { return false };
    let between: Vec<CertificateDer<'_>> = chain[1..].iter().map(|c| CertificateDer::from(c.as_slice())).collect();
    verifier.verify_server_cert(&CertificateDer::from(own.as_slice()), &between, &name, &[], now).is_ok()
}

/// What a certificate error comes to; `chain` is what the server sent.
pub fn fault(error: &CertificateError, own: &[u8]) -> CertificateFault {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => CertificateFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => CertificateFault::NotYetValid,
        CertificateError::NotValidForName => CertificateFault::WrongName(names(own)),
        CertificateError::NotValidForNameContext { presented, .. } => {
            let names =
                if own.is_empty() { presented.iter().map(|n| bare(n)).take(MOST_NAMES).collect() } else { names(own) };
            CertificateFault::WrongName(names)
        }
        // An issuer with a trusted name and another key is nobody that is trusted.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            let read = X509Certificate::from_der(own);
            let alone = read.is_ok_and(|(_, c)| c.tbs_certificate.issuer() == c.tbs_certificate.subject());
            if alone { CertificateFault::SelfSigned } else { CertificateFault::Untrusted }
        }
        other => CertificateFault::Other(other.to_string()),
    }
}

/// `DnsName("x.example")` as the TLS library writes it → `x.example`.
fn bare(presented: &str) -> String {
    presented.split('"').nth(1).unwrap_or(presented).to_owned()
}

/// The names that a certificate is made out to, at most five.
fn names(certificate: &[u8]) -> Vec<String> {
    let Ok((_, certificate)) = X509Certificate::from_der(certificate) else { return Vec::new() };
    let Ok(Some(names)) = certificate.subject_alternative_name() else { return Vec::new() };
    let text = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress([a, b, c, d]) => Some(IpAddr::from([*a, *b, *c, *d]).to_string()),
        _ => None,
    };
    names.value.general_names.iter().filter_map(text).take(MOST_NAMES).collect()
}

fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    PROVIDER.get_or_init(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider())).clone()
}

fn verifier(roots: Arc<RootCertStore>) -> Option<Arc<WebPkiServerVerifier>> {
    WebPkiServerVerifier::builder_with_provider(roots, provider()).build().ok()
}

/// Takes any certificate, and keeps what is wrong with it.
#[derive(Debug)]
pub struct Collector {
    inner: Arc<WebPkiServerVerifier>,
    provider: Arc<CryptoProvider>,
    fault: Mutex<Option<CertificateFault>>,
}

impl Collector {
    /// What was wrong with the certificate of the last handshake.
    pub fn fault(&self) -> Option<CertificateFault> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A server that does not hold the key of its certificate shows nothing; one whose certificate cannot be read does.
    fn take_signature(
        &self,
        verdict: Result<HandshakeSignatureValid, Error>,
        own: &CertificateDer<'_>,
    ) -> Result<HandshakeSignatureValid, Error> {
        match verdict {
            Err(Error::InvalidCertificate(CertificateError::BadSignature)) => verdict,
            Err(error) => {
                self.keep(&error, own);
                Ok(HandshakeSignatureValid::assertion())
            }
            valid => valid,
        }
    }

    fn keep(&self, error: &Error, own: &CertificateDer<'_>) {
        let fault = match error {
            Error::InvalidCertificate(error) => fault(error, own),
            other => CertificateFault::Other(other.to_string()),
        };
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    }
}

impl ServerCertVerifier for Collector {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Err(error) = self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp, now) {
            self.keep(&error, end_entity);
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        self.take_signature(verify_tls12_signature(message, certificate, signed, algorithms), certificate)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        self.take_signature(verify_tls13_signature(message, certificate, signed, algorithms), certificate)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
