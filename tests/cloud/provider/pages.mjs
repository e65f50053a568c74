// The sign-in pages for test users. They identify themselves, and don't imitate a real sign-in page.

const escape = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 34rem; padding: 2rem 1rem; }
  .whose { border: 2px dashed; border-radius: .5rem; font-size: .875rem; padding: .5rem 1rem; }
  h1 { font-size: 1.5rem; }
  ul { list-style: none; padding: 0; }
  li { display: grid; gap: .25rem 1rem; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); margin: .75rem 0; }
  button { border: 2px solid; border-radius: .5rem; cursor: pointer; font: inherit; padding: .375rem 1rem; }
  li button { text-align: start; width: 100%; }
  form { margin: 0; }
  .row { display: flex; gap: 1rem; }
  code { overflow-wrap: anywhere; }`;

function page(title, body) {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${escape(title)} · Local cloud</title><style>${STYLE}</style></head>
<body><header><p class="whose">Test users of the local cloud. Nothing here is real, and no password is ever asked for.</p></header><main><h1>${escape(title)}</h1>${body}</main></body></html>`;
}

const button = (action, label, fields, described = '') => `<form method="post" action="${escape(action)}">
${Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`).join('')}
<button${described}>${escape(label)}</button></form>`;

/** The user selection, with a button for each user. */
export function choose(action, users, client) {
  const rows = users.map((user, index) => `<li>${button(action, user.name, { step: 'user', user: user.upn }, ` aria-describedby="u${index}"`)}
<span id="u${index}">${escape(user.upn)}<br>${escape(user.what)}</span></li>`);
  return page('Choose a test user', `<p>to go on to ${escape(client)}</p><ul>${rows.join('')}</ul>${button(action, 'Cancel', { step: 'cancel' })}`);
}

/** The second factor, which is a click. */
export function secondFactor(action, user) {
  return page('Second factor', `<p>${escape(user.name)} has to show a second factor. In the local cloud that is one more click.</p>
<div class="row">${button(action, 'Approve', { step: 'factor', user: user.upn })}${button(action, 'Cancel', { step: 'cancel' })}</div>`);
}

/** The consent prompt. */
export function consent(action, user, client, resource) {
  return page('Consent', `<p>${escape(client)} asks to act as ${escape(user.name)} at <code>${escape(resource)}</code>.</p>
<div class="row">${button(action, 'Accept', { step: 'consent' })}${button(action, 'Decline', { step: 'decline' })}</div>`);
}

/** An error that can't be returned to the app. */
export function failure(error) {
  return page('Sign-in failed', `<p role="alert">${escape(error.error_description)}</p>`);
}

/** Confirms the sign-out. */
export function signOut(form) {
  return page('Sign out', `<p>Your session at the local cloud ends.</p>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
}

/** The sign-out without confirmation, for the user in the app's logout hint. */
export function signOutAtOnce(form) {
  return page('Signing out', `${form.replace('</form>', '<input type="hidden" name="logout" value="yes"></form>')}<script>document.forms[0].submit()</script>`);
}

export function signedOut() {
  return page('Signed out', '<p>You can close this page.</p>');
}
