//! Certificates for servers on loopback, and the file that `--ca-file` takes.

use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::Digest as _;
use tokio_rustls::TlsAcceptor;

/// A certificate authority, and the file that `--ca-file` takes.
pub struct Authority {
    pub issuer: CertifiedIssuer<'static, KeyPair>,
    folder: tempfile::TempDir,
}

/// A certificate, its chain and its key, as a server needs them.
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    /// SHA-256 of its public key.
    pub digest: String,
}

fn called(text: &str) -> rcgen::DistinguishedName {
    let mut name = rcgen::DistinguishedName::new();
    name.push(rcgen::DnType::CommonName, text);
    name
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name = called("test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), issuer.pem()).unwrap();
        Self { issuer, folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn identity(&self, names: &[&str], year: i32) -> Identity {
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name = called("host");
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let digest = sha2::Sha256::digest(rcgen::PublicKeyData::subject_public_key_info(&key));
        Identity {
            chain: vec![certificate.der().clone(), self.issuer.der().clone()],
            key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
            digest: digest.iter().map(|b| format!("{b:02x}")).collect(),
        }
    }

    pub fn good(&self, name: &str) -> Identity {
        self.identity(&[name], 2999)
    }
}

impl Identity {
    pub fn config(self) -> ServerConfig {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        builder.with_no_client_auth().with_single_cert(self.chain, self.key).unwrap()
    }

    /// One that nobody else vouches for.
    pub fn self_signed(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.distinguished_name = called(name);
        let certificate = params.self_signed(&key).unwrap();
        let digest = sha2::Sha256::digest(rcgen::PublicKeyData::subject_public_key_info(&key));
        Self {
            chain: vec![certificate.der().clone()],
            key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
            digest: digest.iter().map(|b| format!("{b:02x}")).collect(),
        }
    }

    /// A server that speaks TLS 1.2 and nothing newer.
    pub fn tls12(self) -> TlsAcceptor {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&rustls::version::TLS12]);
        let config = builder.unwrap().with_no_client_auth().with_single_cert(self.chain, self.key).unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    pub fn acceptor(self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::new(self.config()))
    }
}
