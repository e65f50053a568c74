// Passes values and rules to the form, and listens to its events.
const form = document.querySelector("identity-portal");
const statusLine = document.getElementById("status");

form.prefill = { tags: { Env: "test" } };
form.rules = { name: { pattern: "uami-.*", message: "Names begin with uami-." } };

// In Live, provide tokens; your page has already signed the person in. Preview needs none.
// const scopes = ["https://management.azure.com/.default"];
// form.tokenProvider = async ({ claims }) => (await msal.acquireTokenSilent({ scopes, claims })).accessToken;

form.addEventListener("ready", () => (statusLine.textContent = "Fill in the form."));
form.addEventListener("changed", ({ detail }) => {
  statusLine.textContent = detail.valid ? `${detail.values.name} can be created.` : "Some fields still need you.";
});
form.addEventListener("created", ({ detail }) => (statusLine.textContent = `Created, client ID ${detail.clientId}.`));
form.addEventListener("failed", ({ detail }) => (statusLine.textContent = `It did not work (${detail.code}).`));
form.addEventListener("cancelled", () => form.remove());
