//! "Check what you have": the page, and the parser's notes on a text. Also the printed report.

use crate::messages::Message;

pub const CHECK_TITLE: Message = Message("Check what you have");
pub const CHECK_INTRO: Message = Message(
    "Paste a script or pipeline, an ARM template, Bicep, Terraform, an HTTP request or a CSV list to see what is wrong before you run it. It stays in this tab; nothing is sent.",
);
pub const CHECK_TEXT: Message = Message("Text to check");
pub const CHECK_PLACEHOLDER: Message = Message("az identity create -g RG1 -n uami-apl2003");
pub const CHECK_CHOOSE_FILE: Message = Message("Choose a file");
pub const CHECK_OR_DROP: Message = Message("or drop one onto the text.");
pub const CHECK_CLEAR: Message = Message("Clear");
pub const CHECK_FORMAT: Message = Message("Read as");
pub const CHECK_FORMAT_DETECTED: Message = Message("Detected format");
pub const CHECK_FILE_UNREAD: Message = Message("This file can't be read. Use a text file of at most {0} MB.");
pub const CHECK_NOT_KEPT: Message = Message("This text is too long to keep when you reload the page.");
pub const CHECK_NOTHING: Message = Message("Nothing to check yet.");
pub const CHECK_ONE: Message = Message("{0}: one identity.");
pub const CHECK_MANY: Message = Message("{0}: {1} identities. With problems: {2}. With warnings only: {3}. Fine: {4}.");
pub const CHECK_FINE: Message = Message("No problems found.");
pub const CHECK_HAS_PROBLEMS: Message = Message("Azure or your organisation's rules would refuse this.");
pub const CHECK_HAS_WARNINGS: Message = Message("This would be accepted, with warnings.");
pub const CHECK_NOTES: Message = Message("About the text");
pub const CHECK_NOTES_MORE: Message = Message("{0} more.");
pub const CHECK_LINE: Message = Message("Line {0}");
pub const CHECK_FIELD_LINE: Message = Message("{0}, line {1}");
pub const CHECK_LINE_HEAD: Message = Message("Line");
pub const CHECK_PROBLEMS_HEAD: Message = Message("Problems");
pub const CHECK_UNNAMED: Message = Message("(no name)");
pub const CHECK_ONLY_PROBLEMS: Message = Message("Only problems and warnings");
pub const CHECK_ROWS: Message = Message("Identities in the text");
pub const CHECK_SHOWN: Message = Message("{0} of {1} shown.");
pub const CHECK_SHOWN_ONLY: Message = Message("{0} of {1} shown. Download as CSV saves only these.");
pub const CHECK_MORE: Message = Message("and {0} more");
pub const CHECK_DOWNLOAD: Message = Message("Download as CSV");
pub const CHECK_FILL: Message = Message("Fill the form");
pub const CHECK_REPLACE_TITLE: Message = Message("The form already has something in it.");
pub const CHECK_REPLACE_TEXT: Message = Message("This replaces what you typed there ({0}).");
pub const CHECK_REPLACE: Message = Message("Replace");
pub const CHECK_SEVERITY_BLOCKS: Message = Message("Problem");
pub const CHECK_SEVERITY_WARNS: Message = Message("Warning");
pub const CHECK_SEVERITY_INFORMS: Message = Message("Note");

pub const PRINT: Message = Message("Print");
pub const PRINT_MADE: Message = Message("Printed {0} from {1}");
pub const PRINT_AS_CODE: Message = Message("The same as code: {0}");

pub const READ_IDENTITIES_MANY: Message = Message("Only the first {0} identities are read. Split the text to check the rest.");
pub const READ_TAGS_MANY: Message = Message("There are too many tags. Only the first {0} are read, and Azure allows fewer.");
pub const READ_RESTRICTIONS_MANY: Message = Message("There are too many restrictions. Only the first {0} are read.");
pub const READ_COLUMNS_MANY: Message = Message("Only the first {0} of {1} columns are read.");
pub const READ_AS_NOTHING: Message = Message("Nothing yet");
pub const READ_AS_BASH: Message = Message("Bash commands");
pub const READ_AS_POWERSHELL: Message = Message("PowerShell commands");
pub const READ_AS_CMD: Message = Message("Batch file for cmd");
pub const READ_AS_BICEP_PARAMETERS: Message = Message("Bicep parameters file");
pub const READ_AS_TERRAFORM_VARIABLES: Message = Message("Terraform variables file");
pub const READ_AS_YAML: Message = Message("YAML with scripts");
pub const READ_AS_MAKEFILE: Message = Message("Makefile");
pub const READ_AS_DOCKERFILE: Message = Message("Dockerfile");
pub const READ_AS_MARKDOWN: Message = Message("Markdown");
pub const READ_AS_NOTEBOOK: Message = Message("Jupyter notebook");
pub const READ_AS_TEMPLATE: Message = Message("ARM template or JSON");
pub const READ_AS_BICEP: Message = Message("Bicep");
pub const READ_AS_TERRAFORM: Message = Message("Terraform");
pub const READ_AS_REQUEST: Message = Message("HTTP request");
pub const READ_AS_TABLE: Message = Message("CSV list");
pub const READ_AS_UNKNOWN: Message = Message("Unknown");

pub const READ_AS_UTF16: Message = Message("Read as UTF-16.");
pub const READ_AS_1252: Message = Message("Read as Windows-1252, because this isn't valid UTF-8. Check letters such as é and ß.");
pub const READ_LACKS_GROUP: Message = Message("{0} (resource group) is missing.");
pub const READ_LACKS_REGION: Message = Message("{0} (region) is missing.");
pub const READ_LACKS_NAME: Message = Message("{0} (name) is missing.");

pub const READ_UNKNOWN: Message =
    Message("This language isn't recognised. Use az or Az commands, an ARM template, Bicep, Terraform, an HTTP request or a CSV list.");
pub const READ_NO_IDENTITY: Message = Message("No identity was found in this text.");
pub const READ_OCCURRENCE: Message = Message("This seems to create an identity, but it couldn't be read here and wasn't checked.");
pub const READ_NONSENSE: Message = Message("This couldn't be read and was skipped.");
pub const READ_PARAMETERS: Message = Message("This is a parameters file. Check the template itself.");
pub const READ_UNCLOSED: Message = Message("A bracket is still open at the end of the text.");
pub const READ_UNCLOSED_TEXT: Message = Message("The quote that opens here is never closed.");
pub const READ_TOO_DEEP: Message = Message("Brackets are nested too deeply here. What is inside was skipped.");
pub const READ_MORE_FOLLOWS: Message = Message("Everything from here on was skipped, because the value before it is already complete.");
pub const READ_PASSED_OVER: Message = Message("Not checked, because it creates no identity: {0}.");
pub const READ_NO_TYPE: Message = Message("This resource has no type and was skipped.");
pub const READ_TYPE_UNREAD: Message = Message("The type {0} is an expression, so this resource was skipped.");
pub const READ_LINKED: Message = Message("The template of this deployment is in another file. Check that file, too.");
pub const READ_MODULE: Message = Message("The module {0} is in another file. Check that file, too.");
pub const READ_BODY: Message = Message("The body of this request isn't JSON and was skipped.");
pub const READ_OPTION: Message = Message("Unknown option {0}; the command would be refused.");
pub const READ_NO_VALUE: Message = Message("The option {0} needs a value.");
pub const READ_WORD: Message =
    Message("{0} doesn't belong to an option, so the command would be refused. Put quotes around values with spaces.");
pub const READ_COLUMN: Message = Message("Unknown column {0}; it was skipped.");
pub const READ_COLUMN_TWICE: Message = Message("There are two columns for {0}. The last value in each row is used.");
pub const READ_ROW_LONG: Message = Message("This row has {0} values for {1} columns. Put quotes around values that contain a separator.");

pub const READ_UNREAD: Message = Message("Couldn't work out this value, so it wasn't checked: {0}");
pub const READ_REGION_UNKNOWN: Message = Message("Unknown region “{0}”. Check its spelling.");
pub const READ_REGION_OF_GROUP: Message = Message("No region is given, so the identity gets the region of its resource group.");
pub const READ_NO_SUBSCRIPTION: Message = Message("No subscription is given here. The one in use when you deploy or run this applies.");
pub const READ_NO_GROUP: Message = Message("No resource group is given here. You name it when you deploy or run this.");
pub const READ_NO_NAME: Message = Message("The name is part of the request's URL, not of its body.");
pub const READ_CURRENT_SUBSCRIPTION: Message = Message("No subscription is given, so your current subscription is used.");
pub const READ_SUBSCRIPTION_NAMED: Message = Message("The subscription is given by its name, {0}, so its ID wasn't checked.");
pub const READ_GROUP_ELSEWHERE: Message = Message("The text also creates the group {0}, but in another region: {1}.");
pub const READ_FEDERATED_REGION: Message =
    Message("Azure may refuse the federated credentials in this text, because identities in this region don't support them yet.");
pub const READ_GROUP_TAGS: Message = Message("The group {0} has its own tags, which weren't checked.");
pub const READ_TWICE: Message = Message("This name is already used in the same resource group, on line {0}.");

pub const READ_SUBSCRIPTION_NOT_AN_ID: Message =
    Message("“{0}” isn't a subscription ID. Write an ID such as 11111111-2222-3333-4444-555555555555.");
pub const READ_SUBSCRIPTION_NOT_ALLOWED: Message = Message("Your organisation doesn't allow this subscription. Use another one.");
pub const READ_TAG_NAMELESS: Message = Message("This tag has a value, but no name.");
pub const READ_TAG_VALUE_MISSING: Message = Message("Give the tag {0} a value: your organisation requires it.");
pub const READ_REGION_NOT_ALLOWED: Message = Message("Your organisation doesn't allow the region {0}. It allows these: {1}.");
pub const READ_REGION_NEAR: Message = Message("Unknown region “{0}”. Did you mean {1}?");
/// Between the regions of the message before it.
pub const READ_OR: Message = Message(" or ");
pub const READ_REGION_GLOBAL: Message = Message("An identity can't be global. Give it a region, such as that of its resource group.");
pub const READ_TWICE_UPDATES: Message = Message(
    "This name is already used in the same resource group, on line {0}. Creating it again updates the identity and replaces its tags.",
);
pub const READ_TWICE_MOVED: Message =
    Message("This name is already used in the same resource group, on line {0}, in another region. Azure can't move an identity.");
pub const READ_TWICE_ELSEWHERE: Message = Message("This name is already used in the same resource group, in {0} on line {1}.");
// Terraform.
pub const READ_UNCLOSED_HEREDOC: Message = Message("The heredoc that starts here is never closed: a line with only its marker is missing.");
pub const READ_VARIABLES: Message = Message("These are variables for a configuration. Check them together with its .tf files.");
pub const READ_LOOP: Message = Message("Couldn't work out how many identities {0} creates, so what differs between them wasn't checked.");
pub const READ_COPIES_MANY: Message = Message("This creates many identities. Only the first {0} were checked.");
pub const READ_ARGUMENT: Message = Message("Unknown argument {0}: {1} may refuse it. Check its spelling.");
pub const READ_MODULE_ELSEWHERE: Message = Message("The module {0} is in another directory, {1}. Check that, too.");
pub const READ_MODULE_UNKNOWN: Message = Message("The module {0} may create identities, which weren't checked: {1}");
pub const READ_NO_NAME_COLUMN: Message =
    Message("No column holds the names of identities. Begin with a row of column names, such as name, resourceGroup and region.");
pub const READ_ROWS_OF_OTHERS: Message = Message("Rows of other resources were skipped: {0}. The first is of type {1}.");
pub const READ_SETS_MANY: Message = Message("Other files use this one with more than {0} sets of values. Only the first {0} were checked.");

pub const READ_BICEP_PARAMETERS: Message = Message("This is a parameters file for {0}. Check that file.");
pub const READ_REGISTRY: Message = Message("The module {0} comes from a registry and wasn't read. It may create identities.");
pub const READ_REGISTRY_OTHER: Message = Message("Not read, because it is another registry module: {0}.");
pub const READ_STATEMENT: Message = Message("This statement wasn't read.");
pub const READ_MAY_CREATE: Message = Message("{0} may create identities. It can't be read here, so check its values yourself.");

pub const READ_CRLF: Message = Message(
    "The lines have Windows line endings. Bash on Linux treats the carriage return as part of each line's last word, and continues no line. Save the file with LF line endings.",
);
pub const READ_GAP: Message = Message("There is a space after this {0}, so the command ends here. Delete the space.");
pub const READ_NOT_CONTINUED: Message = Message("The command ends here, but the next line begins with an option. End this line with {0}.");
pub const READ_TYPOGRAPHIC: Message =
    Message("{0} is a typographic character, which is treated as a letter. Type a plain quote or hyphen.");
pub const READ_TAG_SPLIT: Message =
    Message("az 2.88 and later refuse {0} as a tag, because it has no “=”. Put quotes around a tag with spaces.");
pub const READ_AMBIGUOUS: Message = Message("{0} could be several parameters. Write the whole name.");
pub const READ_LOOP_LONG: Message = Message("This loop is too long. Not all of what it creates was checked.");

// Pulumi.
pub const READ_PULUMI_NAME: Message = Message("No name is given, so Pulumi makes one from the resource's own name and random letters.");

// Refused.
pub const READ_NO_VERSION: Message = Message("The type {0} has no API version, so it would be refused. Add one, such as {1}.");
pub const READ_SCOPE_WRONG: Message =
    Message("An identity belongs to a resource group, but this is deployed to a {0}. Put it in a module or deployment for a group.");
pub const READ_SCOPE_OTHER: Message = Message("A resource can't have a different scope from its file. Put it in a module with that scope.");
pub const READ_BICEP_QUOTES: Message = Message("Bicep strings need single quotes. Write '…' instead.");
pub const READ_NO_COMMA: Message = Message("There is no comma before this, so the JSON is invalid.");
pub const READ_BLOCK_TWICE: Message = Message("There is already a resource {0}. Another one of this name is refused; rename one of them.");
pub const READ_ARGUMENT_TWICE: Message = Message("The argument {0} is set twice, which Terraform refuses. Delete one of them.");
pub const READ_FRAGMENT: Message = Message("This is only part of a JSON document, which no tool accepts. Put it in braces or brackets.");

// Arguments that are refused.
pub const READ_ONE_HYPHEN: Message = Message("az reads {0} as {1} with a value. Write {2}.");
pub const READ_TAG_QUOTES: Message = Message("az 2.88 and later refuse the tag name {0} without quotes of its own. Write \"'{0}'=value\".");
pub const READ_TAG_JOINED: Message = Message("This is one tag: {0} with the value {1}. Write each tag as an argument of its own.");
pub const READ_HASHTABLE: Message = Message("{0} takes a hashtable, so PowerShell refuses this. Write @{ name = 'value' }.");
