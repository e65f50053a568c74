// The types of embed.js. Copy this file beside your own sources, or reference it.

/** The form's values. What is left out is empty. */
export interface IdentityValues {
  subscription?: string;
  resourceGroup?: string;
  /** The group is made with the identity. */
  newResourceGroup?: boolean;
  /** That group gets the tags as well. Left out: where a policy asks for tags of resource groups. */
  tagResourceGroup?: boolean;
  region?: string;
  name?: string;
  isolationScope?: "None" | "Regional";
  /** Resource types or providers that may use the identity. */
  restrictions?: string[];
  tags?: Record<string, string>;
}

export type FieldName = "subscription" | "resourceGroup" | "region" | "name" | "isolationScope" | "restrictions" | "tags";

/** As `rules` in config.json. They hold beside the deployment's own. */
export interface OrganisationRules {
  name?: { pattern: string; message?: string };
  requiredTags?: { name: string; values?: string[]; pattern?: string }[];
  regions?: string[];
  subscriptions?: string[];
}

/** A design token of style/tokens.css with its value, such as `"--accent": "#0b6a6a"`; `name` is the theme below them. */
export type Theme = "light" | "dark" | "" | ({ name?: "light" | "dark" } & Record<`--${string}`, string>);

export interface TokenRequest {
  /** One scope, of Azure Resource Manager: the element lets no other through. */
  scopes: [string];
  /** The directory, where the page knows it. */
  tenant?: string;
  /** Claims that Azure asks for (JSON): hand them on to your sign-in as they are. */
  claims?: string;
}

/** Gives an access token for Azure Resource Manager. Throw, or give nothing, where there is none. */
export type TokenProvider = (request: TokenRequest) => Promise<string | { token: string } | { accessToken: string } | undefined>;

export type Language = "azure-cli" | "powershell" | "arm-template" | "bicep" | "terraform" | "rest";

export interface IdentityPortalEvents {
  ready: { mode: "preview" | "live" };
  changed: { values: IdentityValues; valid: boolean; problems: { field: string; blocks: boolean; message: string }[] };
  validated: { values: IdentityValues; code: Record<Language, { fileName: string; text: string }> };
  created: { id: string; name: string; location: string; clientId: string; principalId: string; tenantId: string };
  failed: { code: string; message: string };
  cancelled: Record<string, never>;
  /** Messages that the page ignored so far. */
  ignored: { count: number };
}

export interface IdentityPortalElement extends HTMLElement {
  tokenProvider?: TokenProvider;
  /** What tokens may be for: Azure Resource Manager's audience in a cloud that has no name, such as `"https://arm.site.example"`. */
  audience: string;
  prefill: IdentityValues;
  rules?: OrganisationRules;
  theme: Theme;
  locale: string;
  /** `code`: nothing is created; the request comes back as the event `validated`. */
  mode: "create" | "code";
  /** Fields that stay as pre-filled. */
  fixed: FieldName[];
  /** Fields that are not shown. They need a value. */
  hiddenFields: FieldName[];
  /** How long the page may take to answer, from its start and once it has loaded, in milliseconds. */
  patience: number;
  /** Messages that were ignored: by this element, and by the page. */
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
