//! A certificate authority of this machine's own, kept in the user's cache, and a certificate for each run: SDKs send no
//! token over plain http. It can vouch for this machine alone, so that trusting it opens nothing else.

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
/// How long the authority is good for.
const AUTHORITY_LASTS: Duration = Duration::days(3650);
/// Clients refuse certificates that are good for much more than a year.
const CERTIFICATE_LASTS: Duration = Duration::days(90);
/// Clocks are apart.
const BEFORE: Duration = Duration::days(1);

/// What is needed to speak TLS, as PEM.
#[derive(Debug)]
pub(crate) struct Identity {
    /// The certificate and the authority's.
    pub(crate) chain: String,
    pub(crate) key: String,
    /// Where the authority's certificate is, for clients to trust.
    pub(crate) authority: PathBuf,
}

/// A certificate for this machine by the authority in `folder`, which is made where it is missing.
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

/// The authority's certificate and key: those of the folder, else new ones.
fn authority(folder: &Path) -> Result<(String, KeyPair)> {
    let (certificate_at, key_at) = (folder.join("authority.pem"), folder.join("authority.key"));
    // Two clouds that start at once: the one whose key is there first wins, and writes the certificate.
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

/// Nobody else may read it.
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
    /// The same for our own server.
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
    fn the_authority_is_made_once_and_its_key_is_nobody_elses() {
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
