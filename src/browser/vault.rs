//! Encrypts session data (AES-GCM) with a non-extractable key in `IndexedDB`: a copy of the tab's storage is unreadable without
//! it.
//!
//! `IndexedDB` is called by name: `web-sys` would add an import for each method.

use std::time::Duration;

use futures::future::{Either, select};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

use super::crypto::subtle;
use super::{clock, random};
use crate::entra::secret::{base64url, from_base64url};

/// The database, and its only object store.
const DATABASE: &str = "identity-portal";
const STORE: &str = "keys";
const ALGORITHM: &str = "AES-GCM";
/// In bytes (NIST SP 800-38D, section 8.2.1).
const NONCE: usize = 12;
/// The timeout for opening the database.
const TIMEOUT: Duration = Duration::from_secs(5);

/// An encryption key, by name.
pub struct Vault {
    key: CryptoKey,
    name: String,
}

impl Vault {
    /// Opens the key `name`, generating it if needed. `None` if the browser lacks Web Crypto or `IndexedDB`.
    pub async fn open(name: &str) -> Option<Self> {
        match select(Box::pin(key(name)), Box::pin(clock::wait(TIMEOUT))).await {
            Either::Left((Ok(key), _)) => Some(Self { key, name: name.to_owned() }),
            _ => None,
        }
    }

    /// Encrypts `text`.
    pub async fn seal(&self, text: &str) -> Option<String> {
        let nonce: [u8; NONCE] = random::secret()?;
        let sealed = self.run("encrypt", &nonce, text.as_bytes()).await.ok()?;
        Some(base64url(&[nonce.as_slice(), &sealed].concat()))
    }

    /// Decrypts `sealed`; `None` if it was not sealed by this key, or was changed.
    pub async fn unseal(&self, sealed: &str) -> Option<String> {
        let sealed = from_base64url(sealed)?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        String::from_utf8(self.run("decrypt", nonce, sealed).await.ok()?).ok()
    }

    async fn run(&self, operation: &str, nonce: &[u8], data: &[u8]) -> Result<Vec<u8>, JsValue> {
        let algorithm = named(ALGORITHM)?;
        Reflect::set(&algorithm, &"iv".into(), &Uint8Array::from(nonce))?;
        Reflect::set(&algorithm, &"additionalData".into(), &Uint8Array::from(self.name.as_bytes()))?;
        let arguments = Array::of3(&algorithm, &self.key, &Uint8Array::from(data));
        let done: Promise = call(subtle()?.as_ref(), operation, &arguments)?.dyn_into()?;
        Ok(Uint8Array::new(&JsFuture::from(done).await?).to_vec())
    }
}

async fn key(name: &str) -> Result<CryptoKey, JsValue> {
    let database = open().await?;
    let mut found = stored(&database, name).await;
    if found.is_err() {
        let algorithm = named(ALGORITHM)?;
        Reflect::set(&algorithm, &"length".into(), &256.into())?;
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        let generated: Promise = call(subtle()?.as_ref(), "generateKey", &Array::of3(&algorithm, &false.into(), &uses))?.dyn_into()?;
        let generated = JsFuture::from(generated).await?;
        let store = store(&database, "readwrite")?;
        // Fails if another tab was faster; its key is then used.
        drop(done(call(&store, "add", &Array::of2(&generated, &name.into()))?).await);
        found = stored(&database, name).await;
    }
    call(&database, "close", &Array::new())?;
    found
}

/// The stored key of this name.
async fn stored(database: &JsValue, name: &str) -> Result<CryptoKey, JsValue> {
    let request = call(&store(database, "readonly")?, "get", &Array::of1(&name.into()))?;
    done(request).await?.dyn_into()
}

fn store(database: &JsValue, mode: &str) -> Result<JsValue, JsValue> {
    let transaction = call(database, "transaction", &Array::of2(&STORE.into(), &mode.into()))?;
    call(&transaction, "objectStore", &Array::of1(&STORE.into()))
}

async fn open() -> Result<JsValue, JsValue> {
    let factory = Reflect::get(web_sys::window().ok_or(JsValue::NULL)?.as_ref(), &"indexedDB".into())?;
    let opening = call(&factory, "open", &Array::of2(&DATABASE.into(), &1.into()))?;
    let request = opening.clone();
    let first = Closure::once_into_js(move |_event: JsValue| {
        let database = Reflect::get(&request, &"result".into()).unwrap_or_default();
        let _ = call(&database, "createObjectStore", &Array::of1(&STORE.into()));
    });
    Reflect::set(&opening, &"onupgradeneeded".into(), &first)?;
    done(opening).await
}

/// Waits for an `IndexedDB` request, and returns its result.
async fn done(request: JsValue) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = Reflect::set(&request, &"onsuccess".into(), &resolve);
        let _ = Reflect::set(&request, &"onerror".into(), &reject);
    });
    JsFuture::from(promise).await?;
    Reflect::get(&request, &"result".into())
}

fn named(algorithm: &str) -> Result<Object, JsValue> {
    let object = Object::new();
    Reflect::set(&object, &"name".into(), &algorithm.into())?;
    Ok(object)
}

fn call(object: &JsValue, method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    Reflect::get(object, &method.into())?.dyn_into::<Function>()?.apply(object, arguments)
}
