//! "Check what you have": the page, what was read of a text and what was not. And the printed report.

use crate::messages::Message;

pub const CHECK_TITLE: Message = Message("Check what you have");
pub const CHECK_INTRO: Message = Message(
    "Paste a command, a template, Bicep, Terraform, a request or a CSV list, and see what is wrong before you run it. It stays in this tab: nothing is sent.",
);
pub const CHECK_TEXT: Message = Message("Text to check");
pub const CHECK_PLACEHOLDER: Message = Message("az identity create -g RG1 -n uami-apl2003");
pub const CHECK_CHOOSE_FILE: Message = Message("Choose a file");
pub const CHECK_OR_DROP: Message = Message("or drop one on the text.");
pub const CHECK_CLEAR: Message = Message("Clear");
pub const CHECK_FILE_UNREAD: Message = Message("This file can't be read. Use a text of at most {0} MB.");
pub const CHECK_NOT_KEPT: Message = Message("This text is too long to be kept when you reload the page.");
pub const CHECK_NOTHING: Message = Message("Nothing to check yet.");
pub const CHECK_ONE: Message = Message("{0}: one identity.");
pub const CHECK_MANY: Message = Message("{0}: {1} identities. With problems: {2}. With warnings only: {3}. Fine: {4}.");
pub const CHECK_FINE: Message = Message("Nothing is wrong with this identity.");
pub const CHECK_HAS_PROBLEMS: Message = Message("Azure or your organisation would refuse this.");
pub const CHECK_HAS_WARNINGS: Message = Message("This would be accepted. Mind the warnings.");
pub const CHECK_NOTES: Message = Message("About the text");
pub const CHECK_NOTES_MORE: Message = Message("And {0} more.");
pub const CHECK_LINE: Message = Message("Line {0}");
pub const CHECK_LINE_HEAD: Message = Message("Line");
pub const CHECK_PROBLEMS_HEAD: Message = Message("Problems");
pub const CHECK_UNNAMED: Message = Message("(no name)");
pub const CHECK_ONLY_PROBLEMS: Message = Message("Only with problems or warnings");
pub const CHECK_ROWS: Message = Message("Identities in the text");
pub const CHECK_SHOWN: Message = Message("{0} of {1} shown.");
pub const CHECK_DOWNLOAD: Message = Message("Download as CSV");
pub const CHECK_FILL: Message = Message("Fill the form");
pub const CHECK_REPLACE_TITLE: Message = Message("The form holds something else.");
pub const CHECK_REPLACE_TEXT: Message = Message("What you typed there ({0}) would be replaced.");
pub const CHECK_REPLACE: Message = Message("Replace it");
pub const CHECK_SEVERITY_BLOCKS: Message = Message("Problem");
pub const CHECK_SEVERITY_WARNS: Message = Message("Warning");
pub const CHECK_SEVERITY_INFORMS: Message = Message("Note");

pub const PRINT: Message = Message("Print");
pub const PRINT_MADE: Message = Message("Printed {0} from {1}");
pub const PRINT_AS_CODE: Message = Message("The same as code: {0}");

pub const READ_AS_NOTHING: Message = Message("Nothing yet");
pub const READ_AS_BASH: Message = Message("Commands for bash");
pub const READ_AS_POWERSHELL: Message = Message("Commands for PowerShell");
pub const READ_AS_TEMPLATE: Message = Message("ARM template or JSON");
pub const READ_AS_BICEP: Message = Message("Bicep");
pub const READ_AS_TERRAFORM: Message = Message("Terraform");
pub const READ_AS_REQUEST: Message = Message("HTTP request");
pub const READ_AS_TABLE: Message = Message("CSV list");
pub const READ_AS_UNKNOWN: Message = Message("Not known");

pub const READ_UNKNOWN: Message =
    Message("This is none of the languages read here. Use az or Az commands, an ARM template, Bicep, Terraform, a request or a CSV list.");
pub const READ_NO_IDENTITY: Message = Message("No identity was found in this.");
pub const READ_NONSENSE: Message = Message("This could not be read, so it was passed over.");
pub const READ_PARAMETERS: Message = Message("These are a template's parameters. Check the template itself.");
pub const READ_UNCLOSED: Message = Message("A bracket is open here at the end of the text.");
pub const READ_UNCLOSED_TEXT: Message = Message("The quote that opens here is never closed.");
pub const READ_TOO_DEEP: Message = Message("Brackets stand too deep within brackets here. What is inside was passed over.");
pub const READ_MORE_FOLLOWS: Message = Message("What follows from here on was passed over: the value before it is complete.");
pub const READ_PASSED_OVER: Message = Message("Not checked, since it makes no identity: {0}.");
pub const READ_NO_TYPE: Message = Message("This resource has no type, so it was passed over.");
pub const READ_TYPE_UNREAD: Message = Message("The type {0} has to be computed, so this resource was passed over.");
pub const READ_LINKED: Message = Message("This deployment's template is in another file. Check that one, too.");
pub const READ_MODULE: Message = Message("The module {0} is in another file. Check that one, too.");
pub const READ_COPIES: Message = Message("This makes several resources, which can't be told apart here. Check them once they are made.");
pub const READ_BODY: Message = Message("The body of this request is not JSON, so it was passed over.");
pub const READ_OPTION: Message = Message("The option {0} is not known here, so it was passed over.");
pub const READ_NO_VALUE: Message = Message("The option {0} needs a value.");
pub const READ_WORD: Message = Message("{0} belongs to no option, so it was passed over. Quote values that have spaces.");
pub const READ_COLUMN: Message = Message("The column {0} is not known here, so it was passed over.");
pub const READ_COLUMN_TWICE: Message = Message("There are two columns for {0}. The last value of a row counts.");
pub const READ_ROW_LONG: Message = Message("This row has {0} values for {1} columns. Quote values that hold a separator.");

pub const READ_UNREAD: Message = Message("This could not be read, so it was not checked: {0}");
pub const READ_REGION_UNKNOWN: Message = Message("No region of Azure that is known here is called {0}. Check its spelling.");
pub const READ_REGION_OF_GROUP: Message = Message("No region is named, so the identity gets its resource group's.");
pub const READ_NO_SUBSCRIPTION: Message = Message("The subscription is not named here: it is chosen when this is used.");
pub const READ_NO_GROUP: Message = Message("The resource group is not named here: it is chosen when this is used.");
pub const READ_NO_NAME: Message = Message("The name is not in the body of a request, but in its address.");
pub const READ_CURRENT_SUBSCRIPTION: Message = Message("No subscription is named, so it is the one you are signed in to.");
pub const READ_SUBSCRIPTION_NAMED: Message = Message("The subscription is told by its name, {0}, so its id was not checked.");
pub const READ_GROUP_ELSEWHERE: Message = Message("The group {0} is made as well, in another region: {1}.");
pub const READ_TWICE: Message = Message("The same name is in the same resource group already, in line {0}.");
