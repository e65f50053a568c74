// What runs inside the page: finds things as people and screen readers name them, by role and accessible name.
import { computeAccessibleName, getRole, isInaccessible } from "dom-accessibility-api";

const isNamed = (element, name) => {
  const has = computeAccessibleName(element).trim();
  return typeof name === "string" ? has === name : new RegExp(name.pattern).test(has);
};

/** The first element of a role that has this name (a text, or an object with a `pattern`; any where there is none). */
export function find(role, name) {
  const all = [...document.querySelectorAll("*")].filter((element) => getRole(element) === role && !isInaccessible(element));
  const found = all.find((element) => name == null || isNamed(element, name));
  found?.scrollIntoView({ block: "center" });
  return found ?? null;
}

/** What can be told of it; null where it is not there. */
export function tell(role, name) {
  const element = find(role, name);
  if (!element) return null;
  const isOpen = element.getAttribute("aria-expanded") === "true";
  return { text: element.innerText ?? "", value: element.value ?? "", disabled: element.matches(":disabled"), isOpen };
}

/** The frame of the form in a host's page. */
export const frame = () => document.querySelector("identity-portal")?.shadowRoot?.querySelector("iframe") ?? null;

export const address = () => location.href;

/** Whether the tab keeps a session. */
export const isSignedIn = () => sessionStorage.getItem("identity-portal:session") !== null;
