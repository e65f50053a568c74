//! Verifies signatures with Web Crypto, which costs no wasm.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::entra::jwks::SignedMessage;

/// RS256 (RFC 7518, section 3.3).
const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

/// Whether `key`, a JSON Web Key, signed `signed`. Also `false` if the browser has no Web Crypto, as on pages served neither by
/// https nor from a loopback host.
pub async fn verify(key: &str, signed: &SignedMessage) -> bool {
    matches!(try_verify(key, signed).await, Ok(true))
}

/// An error if the browser has no Web Crypto.
pub(super) fn subtle() -> Result<SubtleCrypto, JsValue> {
    let crypto = web_sys::window().ok_or(JsValue::NULL)?.crypto()?;
    Reflect::get(&crypto, &"subtle".into())?.dyn_into()
}

async fn try_verify(key: &str, signed: &SignedMessage) -> Result<bool, JsValue> {
    let subtle = subtle()?;
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &ALGORITHM.into())?;
    Reflect::set(&algorithm, &"hash".into(), &"SHA-256".into())?;
    let key: Object = JSON::parse(key)?.dyn_into()?;
    let import = subtle.import_key_with_object("jwk", &key, &algorithm, false, &Array::of1(&"verify".into()))?;
    let key: CryptoKey = JsFuture::from(import).await?.dyn_into()?;
    let (signature, message) = (Uint8Array::from(signed.signature.as_slice()), Uint8Array::from(signed.message.as_bytes()));
    let verified = subtle.verify_with_str_and_js_u8_array_and_js_u8_array(ALGORITHM, &key, &signature, &message)?;
    Ok(JsFuture::from(verified).await?.is_truthy())
}
