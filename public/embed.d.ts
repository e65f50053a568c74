// The types of embed.js. Copy this file next to your own sources, or reference it.

/** The form's values. An omitted value is empty. */
export interface IdentityValues {
  subscription?: string;
  resourceGroup?: string;
  /** Whether the group is created with the identity. */
  newResourceGroup?: boolean;
  /** Whether that group gets the tags as well. Omitted: only if a policy requires tags on resource groups. */
  tagResourceGroup?: boolean;
  region?: string;
  name?: string;
  isolationScope?: "None" | "Regional";
  /** Resource types or providers that may use the identity. */
  restrictions?: string[];
  tags?: Record<string, string>;
}

export type FieldName = "subscription" | "resourceGroup" | "region" | "name" | "isolationScope" | "restrictions" | "tags";

/** As `rules` in config.json. They apply in addition to the deployment's own. */
export interface OrganisationRules {
  name?: { pattern: string; message?: string };
  requiredTags?: { name: string; values?: string[]; pattern?: string }[];
  regions?: string[];
  subscriptions?: string[];
}

/** Design tokens of style/tokens.css with their values, such as `"--accent": "#0b6a6a"`; `name` is the theme that they override. */
export type Theme = "light" | "dark" | "" | ({ name?: "light" | "dark" } & Record<`--${string}`, string>);

export interface TokenRequest {
  /** Azure Resource Manager's scope: the element passes on no other. */
  scopes: [string];
  /** The directory, if the page knows it. */
  tenant?: string;
  /** Claims that Azure requires (JSON): pass them to your sign-in unchanged. */
  claims?: string;
}

/** Returns an access token for Azure Resource Manager. Throw, or return nothing, if there is none. */
export type TokenProvider = (request: TokenRequest) => Promise<string | { token: string } | { accessToken: string } | undefined>;

export type Language = "azure-cli" | "powershell" | "arm-template" | "bicep" | "terraform" | "rest";

export interface IdentityPortalEvents {
  ready: { mode: "preview" | "live" };
  changed: { values: IdentityValues; valid: boolean; problems: { field: string; blocks: boolean; message: string }[] };
  validated: { values: IdentityValues; code: Record<Language, { fileName: string; text: string }> };
  created: { id: string; name: string; location: string; clientId: string; principalId: string; tenantId: string };
  failed: { code: string; message: string };
  cancelled: Record<string, never>;
  /** How many messages the page has ignored so far. */
  ignored: { count: number };
}

export interface IdentityPortalElement extends HTMLElement {
  tokenProvider?: TokenProvider;
  /** The audience of tokens: Azure Resource Manager's in a custom cloud, such as `"https://arm.site.example"`. */
  audience: string;
  prefill: IdentityValues;
  rules?: OrganisationRules;
  theme: Theme;
  locale: string;
  /** `code`: nothing is created; the request is returned in the event `validated`. */
  mode: "create" | "code";
  /** Read-only fields, which keep their pre-filled values. */
  fixed: FieldName[];
  /** Fields that are not shown. They need a value. */
  hiddenFields: FieldName[];
  /** How long the page may take to answer, from its start and again once it has loaded, in milliseconds. */
  patience: number;
  /** How many messages were ignored: by this element, and by the page. */
  readonly ignored: { here: number; there: number };
  destroy(): void;
  addEventListener<K extends keyof IdentityPortalEvents>(
    type: K,
    listener: (event: CustomEvent<IdentityPortalEvents[K]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "identity-portal": IdentityPortalElement;
  }
}
