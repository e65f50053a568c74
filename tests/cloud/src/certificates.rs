//! A certificate authority for this machine, kept in the user's cache, and a certificate for each run: SDKs send no token over
//! plain http. Its certificates are limited to this machine, so trusting it opens nothing else.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints,
};
use time::{Duration, OffsetDateTime};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

const NAME: &str = "Local cloud (this machine only)";
/// The authority's validity.
const AUTHORITY_LASTS: Duration = Duration::days(3650);
/// Clients reject certificates valid for much more than a year.
const CERTIFICATE_LASTS: Duration = Duration::days(90);
/// Allows for clock skew.
const BEFORE: Duration = Duration::days(1);

/// A TLS identity as PEM.
#[derive(Debug)]
pub(crate) struct Identity {
    /// The certificate and the authority's.
    pub(crate) chain: String,
    pub(crate) key: String,
    /// The file with the authority's certificate, for clients to trust.
    pub(crate) authority: PathBuf,
}

/// A certificate for this machine, issued by the authority in `folder`, which is created if missing.
pub(crate) fn identity(folder: &Path) -> Result<Identity> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let (authority_pem, authority_key) = authority(folder)?;
    let issuer = Issuer::new(authority_params()?, authority_key);
    let mut params = CertificateParams::new(["localhost", "127.0.0.1", "::1"].map(str::to_owned))?;
    params.distinguished_name.push(DnType::CommonName, "localhost");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    params.not_before = OffsetDateTime::now_utc() - BEFORE;
    params.not_after = OffsetDateTime::now_utc() + CERTIFICATE_LASTS;
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &issuer)?;
    Ok(Identity {
        chain: format!("{}{authority_pem}", certificate.pem()),
        key: key.serialize_pem(),
        authority: folder.join("authority.pem"),
    })
}

/// The authority's certificate and key: from the folder, or newly created.
fn authority(folder: &Path) -> Result<(String, KeyPair)> {
    let (certificate_at, key_at) = (folder.join("authority.pem"), folder.join("authority.key"));
    // If two clouds start at once, the first one to write its key wins, and writes the certificate.
    for _ in 0..50 {
        if let Ok(key) = fs::read_to_string(&key_at) {
            if let (Ok(key), Ok(certificate)) = (KeyPair::from_pem(&key), fs::read_to_string(&certificate_at)) {
                return Ok((certificate, key));
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
            continue;
        }
        let key = KeyPair::generate()?;
        let certificate = authority_params()?.self_signed(&key)?.pem();
        match write_new(&key_at, &key.serialize_pem()) {
            Ok(()) => {
                fs::write(&certificate_at, &certificate).with_context(|| format!("writing {}", certificate_at.display()))?;
                return Ok((certificate, key));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("writing {}", key_at.display())),
        }
    }
    Err(anyhow!("the certificate authority in {} is broken: delete that folder", folder.display()))
}

/// Creates a file that only the user can read.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?.write_all(text.as_bytes())
}

fn authority_params() -> Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::<String>::new())?;
    params.distinguished_name.push(DnType::CommonName, NAME);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::V4([127, 0, 0, 0], [255, 0, 0, 0])),
            GeneralSubtree::IpAddress(CidrSubnet::V6([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [255; 16])),
        ],
        excluded_subtrees: Vec::new(),
    });
    params.not_before = OffsetDateTime::now_utc() - BEFORE;
    params.not_after = OffsetDateTime::now_utc() + AUTHORITY_LASTS;
    Ok(params)
}

impl Identity {
    /// The TLS configuration of our own server.
    pub(crate) fn server(&self) -> Result<Arc<ServerConfig>> {
        let chain = CertificateDer::pem_slice_iter(self.chain.as_bytes()).collect::<Result<Vec<_>, _>>()?;
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes())?;
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_is_created_once_with_a_private_key_file() {
        let folder = std::env::temp_dir().join(format!("local-cloud-certificates-{}", std::process::id()));
        let one = identity(&folder).unwrap();
        let other = identity(&folder).unwrap();
        let authority = fs::read_to_string(&one.authority).unwrap();
        assert!(one.chain.ends_with(&authority) && other.chain.ends_with(&authority));
        assert_ne!(one.key, other.key);
        assert!(one.server().is_ok());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.join("authority.key")).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
