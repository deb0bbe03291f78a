//! What is thrown: an `Error` of JavaScript with the figures of the object model's own.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use webburn_imapi::hresult::{E_NOINTERFACE, E_POINTER, HResult};
use webburn_imapi::{Error, hresult};

use crate::handle::plain::to_js;
use crate::view::FailureView;

/// An `ImapiError`.
pub fn thrown(error: &Error) -> JsValue {
    made(&FailureView::of(error, None))
}

/// The same in words of somebody else's.
pub fn told(code: &'static str, hresult: HResult, words: &str) -> JsValue {
    made(&FailureView { message: words.to_owned(), ..FailureView::of(&Error::new(code, hresult), None) })
}

fn made(view: &FailureView) -> JsValue {
    let made = js_sys::Error::new(&view.message);
    made.set_name("ImapiError");
    Object::assign(&made, to_js(view).unchecked_ref());
    // The page's view of the disc; here the disc is asked through its objects.
    let _ = Reflect::delete_property(&made, &"medium".into());
    made.into()
}

/// A failure with a code and an HRESULT alone.
pub fn refused(code: &'static str, hresult: HResult) -> JsValue {
    thrown(&Error::new(code, hresult))
}

/// Nothing where an object belongs.
pub fn nothing(code: &'static str) -> JsValue {
    refused(code, E_POINTER)
}

/// Something else where an object belongs.
pub fn another() -> JsValue {
    refused("argument-invalid", E_NOINTERFACE)
}

/// A number or text that is none of those allowed.
pub fn invalid() -> JsValue {
    refused("argument-invalid", hresult::E_INVALIDARG)
}
