// What a page does with the form: give values and rules, hear what becomes of them.
const form = document.querySelector("identity-portal");
const standing = document.getElementById("standing");

form.prefill = { tags: { Env: "test" } };
form.rules = { name: { pattern: "uami-.*", message: "Names begin with uami-." } };

// In Live, give it tokens; your page has signed the person in already. Preview needs none.
// const scopes = ["https://management.azure.com/.default"];
// form.tokenProvider = async ({ claims }) => (await msal.acquireTokenSilent({ scopes, claims })).accessToken;

form.addEventListener("ready", () => (standing.textContent = "Fill in the form."));
form.addEventListener("changed", ({ detail }) => {
  standing.textContent = detail.valid ? `${detail.values.name} can be created.` : "Some fields still need you.";
});
form.addEventListener("created", ({ detail }) => (standing.textContent = `Created, client ID ${detail.clientId}.`));
form.addEventListener("failed", ({ detail }) => (standing.textContent = `It did not work (${detail.code}).`));
form.addEventListener("cancelled", () => form.remove());
