use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::fs;
use std::path::Path;

use super::*;
use crate::dns::Name;

fn data(name: &str) -> Vec<u8> {
    fs::read(Path::new("testdata/keys/throw-away").join(name)).unwrap()
}

fn read(name: &str) -> Result<PrivateKey, KeyError> {
    PrivateKey::read(&data(name), Weak::Refuse)
}

#[test]
fn every_form_of_one_key_is_read() {
    let want = read("rsa2048-pkcs8.pem").unwrap();
    for name in ["rsa2048-pkcs1.pem", "rsa2048-crlf.pem", "rsa2048-leading-text.pem", "rsa2048-pkcs8.der"] {
        let key = read(name).unwrap();
        assert_eq!(key.public_key(), want.public_key(), "{name}");
        assert_eq!(key.sign(b"x").unwrap(), want.sign(b"x").unwrap(), "{name}");
    }
    let public: String = String::from_utf8(data("rsa2048-public.pem")).unwrap();
    let body: String = public.lines().filter(|l| !l.starts_with('-')).collect();
    assert_eq!(want.public_key().record_value(), format!("v=DKIM1; k=rsa; p={body}"));
    assert_eq!((want.bits(), want.is_weak()), (2048, false));
    let bare: String =
        String::from_utf8(data("rsa2048-pkcs1.pem")).unwrap().lines().filter(|l| !l.starts_with('-')).collect();
    assert_eq!(PrivateKey::read(bare.as_bytes(), Weak::Refuse).unwrap().public_key(), want.public_key());
}

#[test]
fn what_is_no_usable_key_says_what_it_is() {
    for (name, want) in [
        ("rsa2048-encrypted-pkcs8.pem", KeyError::Encrypted),
        ("rsa2048-encrypted-pkcs1.pem", KeyError::Encrypted),
        ("rsa2048-public.pem", KeyError::Public),
        ("rsa2048-certificate.pem", KeyError::Certificate),
        ("rsa2048-pss.pem", KeyError::WrongKind("RSA-PSS")),
        ("rsa2048-exponent3.pem", KeyError::Flawed(Flaw::Exponent)),
        ("ec-pkcs8.pem", KeyError::WrongKind("elliptic curve (EC)")),
        ("ec-sec1.pem", KeyError::WrongKind("elliptic curve (EC)")),
        ("ed448-pkcs8.pem", KeyError::WrongKind("such")),
        ("openssh.pem", KeyError::OpenSsh),
        ("rsa1024-pkcs8.pem", KeyError::WeakRsa(1024)),
        ("rsa768-pkcs8.pem", KeyError::TooShort(768)),
        ("README.md", KeyError::NoKey),
    ] {
        assert_eq!(read(name).unwrap_err(), want, "{name}");
    }
    assert_eq!(PrivateKey::read(&data("rsa768-pkcs8.pem"), Weak::Allow).unwrap_err(), KeyError::TooShort(768));
    assert_eq!(PrivateKey::read(b"", Weak::Refuse).unwrap_err(), KeyError::NoKey);
    assert_eq!(PrivateKey::read(&[0x30, 0x82, 0xff], Weak::Refuse).unwrap_err(), KeyError::NoKey);
    let cut = &data("rsa2048-pkcs8.pem")[..500];
    assert!(matches!(PrivateKey::read(cut, Weak::Refuse), Err(KeyError::Malformed(_))));
}

#[test]
fn a_damaged_key_is_refused() {
    let mut der = data("rsa2048-pkcs8.der");
    let at = der.len() - 20;
    der[at] ^= 1;
    assert!(PrivateKey::read(&der, Weak::Refuse).is_err());
    der.pop();
    assert!(PrivateKey::read(&der, Weak::Refuse).is_err());
}

#[test]
fn the_key_of_rfc_8463_signs() {
    let key = read("rfc8463-ed25519.seed").unwrap();
    assert_eq!(key.public_key().record_value(), "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    let signature = key.sign(b"data").unwrap();
    let public = key.public_key().to_published();
    let check = aws_lc_rs::signature::UnparsedPublicKey::new(&aws_lc_rs::signature::ED25519, public);
    check.verify(&Sha256::digest(b"data"), &signature).unwrap();
    assert_eq!(BASE64.encode(signature).len(), 88);
}

#[test]
fn a_weak_key_signs_where_it_may() {
    let key = PrivateKey::read(&data("rsa1024-pkcs8.pem"), Weak::Allow).unwrap();
    assert!(key.is_weak());
    let signature = key.sign(b"data").unwrap();
    let PublicKey::Rsa(public) = key.public_key() else { panic!() };
    let alg = &aws_lc_rs::signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY;
    let check = aws_lc_rs::signature::UnparsedPublicKey::new(alg, public.to_pkcs1_der());
    check.verify(b"data", &signature).unwrap();
}

#[test]
fn generated_keys_are_read_back() {
    for (algorithm, bits) in [(Algorithm::Rsa, 2048), (Algorithm::Ed25519, 0)] {
        let made = PrivateKey::generate(algorithm, bits).unwrap();
        assert!(made.pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert!(made.pem.lines().all(|l| l.len() <= 64));
        let again = PrivateKey::read(made.pem.as_bytes(), Weak::Refuse).unwrap();
        assert_eq!(again.public_key(), made.key.public_key());
        let shown = format!("{made:?}");
        assert!(shown.contains("redacted") && !shown.contains("BEGIN"), "{shown}");
    }
    assert_eq!(PrivateKey::generate(Algorithm::Rsa, 1024).unwrap_err(), KeyError::Size(1024));
}

#[test]
fn names_of_key_files_are_plain() {
    let domain = Name::parse("example.de").unwrap();
    assert_eq!(key_file_name("s1", &domain).unwrap(), "s1._domainkey.example.de.pem");
    for selector in ["", "../s1", "a/b", ".s", "a\nb", "ä"] {
        assert!(key_file_name(selector, &domain).is_err(), "{selector:?}");
    }
    assert!(key_file_name("s1", &Name::parse("a/b.de").unwrap()).is_err());
}

#[cfg(unix)]
mod files {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn files_are_written_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let paths = write_key_files(folder.path(), &[("a.pem".into(), "one"), ("b.pem".into(), "two")]).unwrap();
        assert_eq!(paths.len(), 2);
        assert!(paths.iter().all(|p| mode(p) == 0o600));
        assert_eq!(fs::read_to_string(&paths[1]).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn nothing_is_overwritten_and_both_or_none_are_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b.pem"), "old").unwrap();
        let error = write_key_files(folder.path(), &[("a.pem".into(), "one"), ("b.pem".into(), "two")]).unwrap_err();
        assert!(matches!(&error, KeyFileError::Exists(p) if p.ends_with("b.pem")), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("b.pem")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        symlink("/nowhere/at/all", folder.path().join("c.pem")).unwrap();
        assert!(matches!(write_key_files(folder.path(), &[("c.pem".into(), "x")]), Err(KeyFileError::Exists(_))));
    }

    #[test]
    fn the_bad_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no").join("where");
        let error = write_key_files(&missing, &[("a.pem".into(), "x")]).unwrap_err().to_string();
        assert!(error.contains(&format!("the folder {} is", folder.path().join("no").display())), "{error}");
        fs::write(folder.path().join("file"), "").unwrap();
        let error = read_key_file(&folder.path().join("file/k.pem"), Weak::Refuse).unwrap_err().to_string();
        assert!(error.contains(&format!("the folder {} is", folder.path().join("file").display())), "{error}");
        let error = read_key_file(folder.path(), Weak::Refuse).unwrap_err();
        assert!(matches!(error, KeyFileError::NotAFile(_)));
    }

    #[test]
    fn a_file_that_others_read_is_named_with_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k.pem");
        fs::write(&path, data("ed25519-pkcs8.pem")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let (_, warnings) = read_key_file(&path, Weak::Refuse).unwrap();
        assert_eq!(warnings, [KeyFileWarning::Readable { path: path.clone(), mode: 0o640 }]);
        assert!(warnings[0].to_string().contains("0640"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(read_key_file(&path, Weak::Refuse).unwrap().1, []);
        fs::write(&path, vec![b'A'; 70_000]).unwrap();
        assert!(matches!(read_key_file(&path, Weak::Refuse), Err(KeyFileError::TooLarge(_))));
    }
}
