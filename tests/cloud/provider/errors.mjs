// Errors in Entra ID's format: `AADSTS` codes, ids for support, a timestamp.

import { randomUUID } from 'node:crypto';

/** By number: the protocol's error, the sub-error if any, and the message. */
const CODES = {
  16000: ['interaction_required', null, 'Either multiple user identities are available for the current request or selected account is not supported for the scenario.'],
  28000: ['invalid_request', null, 'Provided value for the input parameter scope is not valid because it contains more than one resource.'],
  50011: ['invalid_request', null, "The redirect URI '{redirect}' specified in the request does not match the redirect URIs configured for the application '{client}'."],
  50020: ['invalid_grant', null, "User account '{user}' does not exist in tenant '{tenant}' and cannot access the application '{client}' in that tenant. The account needs to be added as an external user in the tenant first."],
  50034: ['invalid_grant', null, "The user account {user} does not exist in the directory."],
  50053: ['invalid_grant', null, 'The account is locked, you\'ve tried to sign in too many times with an incorrect user ID or password.'],
  50055: ['invalid_grant', 'user_password_expired', 'The password is expired.'],
  50058: ['login_required', null, 'A silent sign-in request was sent but no user is signed in.'],
  50072: ['invalid_grant', 'basic_action', 'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.'],
  50074: ['invalid_grant', 'basic_action', 'Strong Authentication is required.'],
  50076: ['invalid_grant', 'basic_action', 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.'],
  50079: ['invalid_grant', 'basic_action', 'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.'],
  50105: ['access_denied', null, "Your administrator has configured the application {client} to block users unless they are specifically granted access to the application."],
  50173: ['invalid_grant', 'bad_token', 'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.'],
  53000: ['invalid_grant', 'message_only', 'Device is not in required device state: unregistered. Conditional Access policy requires a compliant device, and the device is not compliant.'],
  53001: ['invalid_grant', 'message_only', 'Device is not in required device state: unregistered. Conditional Access policy requires a domain joined device, and the device is not domain joined.'],
  53002: ['invalid_grant', 'message_only', 'Application used is not an approved application for Conditional Access.'],
  53003: ['invalid_grant', 'message_only', 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.'],
  54005: ['invalid_grant', null, 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.'],
  65001: ['invalid_grant', 'consent_required', "The user or administrator has not consented to use the application with ID '{client}' named 'Identity Portal'. Send an interactive authorization request for this user and resource."],
  65004: ['access_denied', null, 'User declined to consent to access the app.'],
  65005: ['invalid_client', null, "The application '{client}' asked for scope that doesn't exist on the resource. Contact the app vendor."],
  70000: ['invalid_grant', null, 'Provided grant is invalid or malformed.'],
  70008: ['invalid_grant', null, 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.'],
  70011: ['invalid_scope', null, "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid."],
  70043: ['invalid_grant', 'bad_token', 'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.'],
  90002: ['invalid_request', null, "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."],
  90014: ['invalid_request', null, 'The required field is missing from the credential. Ensure that you have all the necessary parameters for the login request.'],
  90033: ['temporarily_unavailable', null, 'A transient error has occurred. Please try again.'],
  90094: ['access_denied', null, 'An administrator of {tenant} has set a policy that prevents you from granting Identity Portal the permissions it is requesting.'],
  500011: ['invalid_resource', null, "The resource principal named {resource} was not found in the tenant named {tenant}."],
  501481: ['invalid_grant', null, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.'],
  650057: ['invalid_client', null, "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration."],
  700003: ['invalid_grant', null, 'Device object was not found in the tenant directory.'],
  700016: ['unauthorized_client', null, "Application with identifier '{client}' was not found in the directory '{tenant}'."],
  700082: ['invalid_grant', 'bad_token', 'The refresh token has expired due to inactivity.'],
  700084: ['invalid_grant', 'bad_token', 'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.'],
  9002313: ['invalid_request', null, 'Invalid request. Request is malformed or invalid.'],
  9002325: ['invalid_request', null, 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.'],
  9002326: ['invalid_request', null, "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{origin}'."],
  9002327: ['invalid_request', null, "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests."],
};

/** Errors with another name at the authorization endpoint. */
const AT_AUTHORIZE = { invalid_grant: 'interaction_required' };

/** Whether the provider has a message for this number. */
export const known = (code) => code in CODES;

/**
 * An error response in Entra ID's format. `about` fills the message's placeholders and may have `correlation`, `claims`, `suberror`.
 * `front` is true for errors that are returned in the redirect (front channel).
 */
export function entraError(code, about = {}, front = false) {
  const [error, suberror, sentence] = CODES[code] ?? ['invalid_request', null, 'The request is not valid.'];
  const trace = randomUUID();
  const correlation = about.correlation ?? randomUUID();
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z');
  const message = sentence.replace(/\{(\w+)\}/g, (_, name) => about[name] ?? '');
  const answer = {
    error: (front && AT_AUTHORIZE[error]) || error,
    error_description: `AADSTS${code}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [Number(code)],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `${about.base ?? ''}/error?code=${code}`,
  };
  const more = about.suberror ?? suberror;
  if (more) answer.suberror = more;
  if (about.claims) answer.claims = about.claims;
  return answer;
}

/** Entra's number for one of the provider's own errors, by its text. */
export function codeOf(error) {
  const text = `${error.error ?? error.message} ${error.error_description ?? ''} ${error.error_detail ?? ''} ${error.cause?.message ?? ''}`;
  const table = [
    [/\bAADSTS(\d+)\b/, null],
    [/redirect_uri/, 50011],
    [/client is invalid|client not found|invalid_client|unrecognized client/, 700016],
    [/code_verifier|PKCE verification/, 501481],
    [/code_challenge|PKCE/, 9002325],
    [/already consumed|already used/, 54005],
    [/authorization code is expired|refresh token is expired/, 70008],
    [/not found|grant is expired|client mismatch/, 70000],
    [/login_required/, 50058],
    [/consent_required/, 65001],
    [/access_denied/, 65004],
    [/missing required parameter/, 90014],
  ];
  const [pattern, code] = table.find(([one]) => one.test(text)) ?? [null, 9002313];
  return code ?? Number(pattern.exec(text)[1]);
}
