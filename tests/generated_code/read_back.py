"""Reads generated texts back with the parsers of the tools themselves, or the best there are.

Standard input: a JSON list of {"language", "text"}; for "az", "text" is a list of command lines, each a list of arguments.
Standard output: a JSON list, for each text either {"made": {resource id: body}} or {"error": "..."}.
"""

import argparse
import json
import re
import sys
import traceback

GROUP_TYPE = "Microsoft.Resources/resourceGroups"
IDENTITY_TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities"


def group_id(subscription, group):
    return f"/subscriptions/{subscription}/resourceGroups/{group}"


def identity_id(group_id, name):
    return f"{group_id}/providers/{IDENTITY_TYPE}/{name}"


def role_id(scope, name):
    return f"{scope}/providers/Microsoft.Authorization/roleAssignments/{name}"


def lock_id(scope, name):
    return f"{scope}/providers/Microsoft.Authorization/locks/{name}"


def credential(issuer, subject, audiences):
    return {"properties": {"issuer": issuer, "subject": subject, "audiences": audiences}}


# Stands for the object id of the new identity.
PRINCIPAL = "the token"


def role(definition, principal, principal_type, condition=None, version=None):
    properties = {"roleDefinitionId": definition, "principalId": principal, "principalType": principal_type}
    if condition:
        properties |= {"condition": condition, "conditionVersion": version}
    return {"properties": properties}


def lock(level, notes=None):
    return {"properties": {"level": level, "notes": notes} if notes else {"level": level}}


def definition_id(scope, role):
    subscription = "/".join(scope.split("/")[:3])
    return f"{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}"


def body(location=None, tags=None, properties=None):
    members = {"location": location, "tags": tags, "properties": properties}
    return {name: value for name, value in members.items() if value}


# --- Azure CLI: argparse with the CLI's own actions for the CLI's own argument types ---------------------------------


def read_az(commands):
    from azure.cli.core.aaz import AAZArgumentsSchema, AAZDictArg, AAZListArg, AAZObjectArg, AAZStrArg
    from azure.cli.core import commands as core
    from azure.cli.core.commands.validators import validate_tag

    # As if every file were there: an argument that would be read as a file's name is noticed.
    core.read_file_content = lambda path, allow_binary=False: f"the content of {path}"

    # As in command_modules/identity/aaz/latest/identity/_create.py of azure-cli 2.91.
    schema = AAZArgumentsSchema()
    schema.tags = AAZDictArg(options=["--tags"])
    schema.tags.Element = AAZStrArg()
    schema.assignment_restrictions = AAZObjectArg(options=["--resource-restriction"])
    schema.assignment_restrictions.providers = AAZListArg(options=["providers"])
    schema.assignment_restrictions.providers.Element = AAZStrArg()
    schema.isolation_scope = AAZStrArg(options=["--isolation-scope"], enum={"None": "None", "Regional": "Regional"})

    identity = argparse.ArgumentParser(prog="az identity create", exit_on_error=False)
    for name in ("tags", "assignment_restrictions", "isolation_scope"):
        argument = schema[name].to_cmd_arg(name)
        settings = argument.type.settings
        identity.add_argument(
            *settings["options_list"], dest=name, action=settings["action"], nargs=settings.get("nargs"), default=None
        )
    group = argparse.ArgumentParser(prog="az group create", exit_on_error=False)
    for parser in (identity, group):
        parser.add_argument("-n", "--name", required=True)
        parser.add_argument("-l", "--location")
    identity.add_argument("-g", "--resource-group", required=True)
    # As `tags_type` of azure-cli-core: no shorthand.
    group.add_argument("--tags", nargs="*")
    rest = argparse.ArgumentParser(prog="az rest", exit_on_error=False)
    for option in ("--method", "--url", "--body"):
        rest.add_argument(option, required=True)

    # As in command_modules/identity, role and resource of azure-cli 2.91.
    federated = argparse.ArgumentParser(prog="az identity federated-credential create", exit_on_error=False)
    federated.add_argument("-g", "--resource-group", required=True)
    federated.add_argument("--identity-name", required=True)
    federated.add_argument("-n", "--name", required=True)
    for option in ("--issuer", "--subject"):
        federated.add_argument(option, required=True)
    federated.add_argument("--audiences", nargs="+", required=True)
    assignment = argparse.ArgumentParser(prog="az role assignment create", exit_on_error=False)
    for option in ("--assignee-object-id", "--assignee-principal-type", "--role", "--scope", "--name"):
        assignment.add_argument(option, required=True)
    for option in ("--condition", "--condition-version"):
        assignment.add_argument(option)
    protection = argparse.ArgumentParser(prog="az lock create", exit_on_error=False)
    protection.add_argument("-n", "--name", required=True)
    protection.add_argument("-t", "--lock-type", choices=["CanNotDelete", "ReadOnly"], required=True)
    protection.add_argument("--resource", required=True)
    protection.add_argument("--notes")

    subscription, made = None, {}
    for command in commands:
        command = core._expand_file_prefixed_files(command)
        words, arguments = command[:2], command[2:]
        if words == ["account", "set"]:
            assert arguments[0] == "--subscription" and len(arguments) == 2, arguments
            subscription = arguments[1]
        elif words == ["group", "create"]:
            given = group.parse_args(arguments)
            tags = {}
            for tag in given.tags or []:
                tags.update(validate_tag(tag))
            made[group_id(subscription, given.name)] = body(given.location, tags)
        elif words[0] == "rest":
            given = rest.parse_args(command[1:])
            assert given.method == "put", given
            made[path_id(given.url)] = json.loads(given.body)
        elif words == ["identity", "show"]:
            assert command[2] in ("-g", f"-g={command[2][3:]}") and command[-4:] == ["--query", "principalId", "--output", "tsv"], command
        elif command[:3] == ["identity", "federated-credential", "create"]:
            given = federated.parse_args(command[3:])
            parent = identity_id(group_id(subscription, given.resource_group), given.identity_name)
            made[f"{parent}/federatedIdentityCredentials/{given.name}"] = credential(
                given.issuer, given.subject, given.audiences
            )
        elif command[:3] == ["role", "assignment", "create"]:
            given = assignment.parse_args(command[3:])
            made[role_id(given.scope, given.name)] = role(
                definition_id(given.scope, given.role),
                given.assignee_object_id,
                given.assignee_principal_type,
                given.condition,
                given.condition_version,
            )
        elif words == ["lock", "create"]:
            given = protection.parse_args(arguments)
            made[lock_id(given.resource, given.name)] = lock(given.lock_type, given.notes)
        elif words == ["identity", "create"]:
            given = identity.parse_args(arguments)
            values = schema()
            for name in ("tags", "assignment_restrictions", "isolation_scope"):
                operations = getattr(given, name)
                if operations is not None:
                    operations.apply(values, name)
            values = values.to_serialized_data()
            values = values if isinstance(values, dict) else {}
            properties = {
                "isolationScope": values.get("isolation_scope"),
                "assignmentRestrictions": values.get("assignment_restrictions"),
            }
            made[identity_id(group_id(subscription, given.resource_group), given.name)] = body(
                given.location, values.get("tags"), {name: value for name, value in properties.items() if value}
            )
        else:
            raise AssertionError(f"unexpected command {command}")
    return made


# --- PowerShell: checked by tree-sitter's grammar, read by the language's own rules for quotes -----------------------

SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b"
DOUBLE_QUOTES = "\"\u201c\u201d\u201e"
BACKTICK = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class PowerShell:
    def __init__(self, text):
        self.text, self.at = text, 0

    def spaces(self, characters=" "):
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.at += 1

    def value(self):
        """A string, a hashtable, an array, or a bare word."""
        first = self.text[self.at]
        if first in SINGLE_QUOTES:
            return self.single()
        if first in DOUBLE_QUOTES:
            return self.double()
        if self.text.startswith("@{", self.at):
            return self.hashtable()
        if self.text.startswith("@(", self.at):
            return self.array()
        if self.text.startswith("$principal\n", self.at):
            self.at += len("$principal")
            return PRINCIPAL
        word = re.compile(r"[A-Za-z][A-Za-z0-9_-]*").match(self.text, self.at)
        assert word, self.text[self.at : self.at + 40]
        self.at = word.end()
        return word.group()

    def single(self):
        self.at += 1
        value = ""
        while True:
            letter = self.text[self.at]
            self.at += 1
            if letter in SINGLE_QUOTES:
                if self.at >= len(self.text) or self.text[self.at] not in SINGLE_QUOTES:
                    return value
                self.at += 1
            value += letter

    def double(self):
        self.at += 1
        value = ""
        while True:
            letter = self.text[self.at]
            self.at += 1
            if letter == "`":
                letter = self.text[self.at]
                self.at += 1
                assert letter not in "abefuv", "an escape that only newer versions know"
                value += BACKTICK.get(letter, letter)
            elif letter == "$":
                character = re.compile(r"\(\[char\]0x([0-9a-f]{4})\)").match(self.text, self.at)
                assert character, "a variable in a string"
                self.at = character.end()
                value += chr(int(character.group(1), 16))
            elif letter in DOUBLE_QUOTES:
                if self.at >= len(self.text) or self.text[self.at] not in DOUBLE_QUOTES:
                    # Units of UTF-16, two of which may make a character.
                    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                self.at += 1
                value += letter
            else:
                value += letter

    def hashtable(self):
        self.at += 2
        members = {}
        while True:
            self.spaces(" \n")
            if self.text[self.at] == "}":
                self.at += 1
                return members
            name = self.value()
            self.spaces()
            assert self.text[self.at] == "=", self.text[self.at :]
            self.at += 1
            self.spaces()
            assert name.lower() not in (known.lower() for known in members), f"{name} twice"
            members[name] = self.value()
            assert self.text[self.at] == "\n"

    def array(self):
        self.at += 2
        items = []
        while True:
            self.spaces(" \n")
            if self.text[self.at] == ")":
                self.at += 1
                return items
            items.append(self.value())

    def expect(self, text):
        assert self.text.startswith(text, self.at), f"{text!r} expected at {self.text[self.at : self.at + 40]!r}"
        self.at += len(text)

    def parameters(self):
        given = {}
        while self.text[self.at] != "\n":
            self.expect(" -")
            name = re.compile("[A-Za-z]+").match(self.text, self.at)
            self.at = name.end()
            if name.group() != "Force":
                self.expect(" ")
            if self.text[self.at] == "(":
                payload = re.compile(r"\(\$(identity|role) \| ConvertTo-Json -Depth 4\)").match(self.text, self.at)
                self.at = payload.end()
                given[name.group()] = payload[1]
            elif name.group() == "Force":
                given["Force"] = True
            else:
                given[name.group()] = self.value()
        self.at += 1
        return given


def read_powershell(text):
    import tree_sitter_powershell
    from tree_sitter import Language, Parser

    # Windows PowerShell 5.1 reads a file without a byte order mark in the ANSI code page of the machine.
    assert text.isascii(), "not ASCII"
    tree = Parser(Language(tree_sitter_powershell.language())).parse(text.encode())
    assert not tree.root_node.has_error, f"tree-sitter: {tree.root_node}"

    reader = PowerShell(text)
    if text.startswith("# "):
        # How to choose another cloud.
        reader.at = text.index("\n") + 1
    reader.expect("Set-AzContext -Subscription ")
    subscription = reader.value()
    reader.expect("\n")
    made, variables, principal = {}, {}, None
    while reader.at < len(text):
        if text.startswith("# ", reader.at):
            # What the next role is.
            reader.at = text.index("\n", reader.at) + 1
            continue
        assigned = re.compile(r"\$(identity|role) = ").match(text, reader.at)
        if assigned:
            reader.at = assigned.end()
            variables[assigned[1]] = reader.value()
            reader.expect("\n")
            continue
        if text.startswith("$principal = (Get-AzUserAssignedIdentity ", reader.at):
            reader.expect("$principal = (Get-AzUserAssignedIdentity -ResourceGroupName ")
            group = reader.value()
            reader.expect(" -Name ")
            principal = identity_id(group_id(subscription, group), reader.value())
            assert principal in made, "the identity is made before"
            reader.expect(").PrincipalId\n")
            continue
        command = re.compile(r"[A-Za-z]+-[A-Za-z]+").match(text, reader.at).group()
        reader.expect(command)
        given = reader.parameters()
        if command == "New-AzResourceGroup":
            made[group_id(subscription, given.pop("Name"))] = body(given.pop("Location"), given.pop("Tag", None))
        elif command == "New-AzUserAssignedIdentity":
            parent = group_id(subscription, given.pop("ResourceGroupName"))
            made[identity_id(parent, given.pop("Name"))] = body(given.pop("Location"), given.pop("Tag", None))
        elif command == "Invoke-AzRestMethod":
            assert given.pop("Method") == "PUT"
            made[path_id(given.pop("Path"))] = variables.pop(given.pop("Payload"))
        elif command == "New-AzFederatedIdentityCredential":
            parent = identity_id(group_id(subscription, given.pop("ResourceGroupName")), given.pop("IdentityName"))
            made[f"{parent}/federatedIdentityCredentials/{given.pop('Name')}"] = credential(
                given.pop("Issuer"), given.pop("Subject"), [given.pop("Audience")]
            )
        elif command == "New-AzResourceLock":
            assert given.pop("Force")
            made[lock_id(given.pop("Scope"), given.pop("LockName"))] = lock(given.pop("LockLevel"), given.pop("LockNotes", None))
        else:
            raise AssertionError(command)
        assert not given, f"{command} with {given}"
    return made


def path_id(path):
    from urllib.parse import unquote

    path, query = path.split("?")
    assert re.fullmatch(r"api-version=20\d\d-\d\d-\d\d", query), query
    assert path.isascii(), path
    return unquote(path)


# --- Bicep: tree-sitter's grammar, and pycep as a second opinion -------------------------------------------------------------


def read_bicep(text):
    import tree_sitter_bicep
    from tree_sitter import Language, Parser

    source = text.encode()
    root = Parser(Language(tree_sitter_bicep.language())).parse(source).root_node
    assert not root.has_error, f"tree-sitter: {root}"

    def node_text(node):
        return source[node.start_byte : node.end_byte].decode()

    def value(node):
        if node.type in ("string", "compatible_identifier", "property_identifier"):
            written = node_text(node)
            assert "interpolation" not in {child.type for child in node.children}, f"interpolation in {written}"
            return bicep_string(written) if written.startswith("'") else written
        if node.type == "object":
            members = {}
            for child in node.named_children:
                assert child.type == "object_property", child.type
                name, held = child.named_children
                name = value(name) if name.type != "identifier" else node_text(name)
                assert name not in members, name
                members[name] = value(held)
            return members
        if node.type == "array":
            return [value(child) for child in node.named_children]
        return Symbol(node_text(node))

    comment = re.match(r"(?:// az cloud .*\n)?// az deployment (sub|group) create .*--subscription ([0-9a-f-]{36})\n", text)
    subscription = comment.group(2)
    declared, existing = {}, {}
    for statement in root.named_children:
        if statement.type == "resource_declaration":
            symbol, kind, held = (child for child in statement.named_children if child.type != "comment")
            is_existing = any(child.type == "existing" or node_text(child) == "existing" for child in statement.children)
            (existing if is_existing else declared)[node_text(symbol)] = (bicep_string(node_text(kind)), value(held))
    # pycep is slow, so it sees the larger texts only; and it takes the quote after an escaped backslash for an escaped quote.
    if text.count("\n") > 12 and "\\\\'" not in text:
        second = bicep_by_pycep(text)
        assert second.keys() == declared.keys() | existing.keys(), second
        for symbol, (_, held) in declared.items():
            for name in ("name", "location", "tags"):
                assert second[symbol].get(name) == held.get(name), (second[symbol], held)
    target = re.search(r"(?m)^targetScope = '(\w+)'$", text)
    assert (comment.group(1) == "sub") == (target is not None and target.group(1) == "subscription")

    made, names = {}, {symbol: held["name"] for symbol, (_, held) in declared.items()}
    for kind, held in declared.values():
        kind, version = kind.split("@")
        if kind == GROUP_TYPE:
            made[group_id(subscription, held["name"])] = body(held["location"], held.get("tags"))
        elif kind == IDENTITY_TYPE:
            # The comment's command names the group: told apart by the caller.
            made[identity_id(group_id(subscription, "*"), held.pop("name"))] = held
        elif kind == f"{IDENTITY_TYPE}/federatedIdentityCredentials":
            parent = identity_id(group_id(subscription, "*"), names[str(held.pop("parent"))])
            held.pop("dependsOn", None)
            made[f"{parent}/federatedIdentityCredentials/{held.pop('name')}"] = held
        elif kind == "Microsoft.Authorization/locks":
            scope = identity_id(group_id(subscription, "*"), names[str(held.pop("scope"))])
            held.pop("dependsOn", None)
            made[lock_id(scope, held.pop("name"))] = held
        elif kind == "Microsoft.Authorization/roleAssignments":
            target, of = existing[str(held.pop("scope"))]
            scope = f"{group_id(subscription, '*')}/providers/{target.split('@')[0]}/{of['name']}"
            properties = held["properties"]
            definition = re.fullmatch(
                r"subscriptionResourceId\('Microsoft.Authorization/roleDefinitions', '([0-9a-f-]{36})'\)",
                properties["roleDefinitionId"],
            )
            properties["roleDefinitionId"] = definition_id(scope, definition[1])
            assert properties["principalId"] == Symbol("identity.properties.principalId")
            properties["principalId"] = PRINCIPAL
            made[role_id(scope, held.pop("name"))] = held
        elif kind == "Microsoft.Resources/deployments" and held["name"].startswith("role-"):
            (resource,) = held["properties"]["template"]["resources"]
            assert "expressionEvaluationOptions" not in held["properties"], "its expressions are the outer template's"
            assert resource.pop("type") == "Microsoft.Authorization/roleAssignments" and resource.pop("apiVersion").startswith("20")
            parent = group_id(held.get("subscriptionId", subscription), held["resourceGroup"])
            principal = resource["properties"]["principalId"]
            if principal == Symbol("created.properties.principalId"):
                assert held["dependsOn"] == [Symbol("identity")]
                _, of = existing["created"]
                assert of["scope"].startswith("resourceGroup('")
            else:
                assert principal == Symbol("identity.properties.principalId")
            resource["properties"]["principalId"] = PRINCIPAL
            made[role_id(f"{parent}/providers/{resource.pop('scope')}", resource.pop("name"))] = resource
        elif kind == "Microsoft.Resources/deployments":
            assert held["resourceGroup"] == Symbol("group.name")
            resource, *others = held["properties"]["template"]["resources"]
            assert held["properties"]["expressionEvaluationOptions"] == {"scope": "inner"}
            assert resource.pop("type") == IDENTITY_TYPE and resource.pop("apiVersion").startswith("20")
            own = identity_id(group_id(subscription, declared["group"][1]["name"]), resource.pop("name"))
            made[own] = resource
            for other in others:
                assert other.pop("dependsOn") and other.pop("apiVersion").startswith("20")
                if other.pop("type") == "Microsoft.Authorization/locks":
                    assert own.endswith("/" + other.pop("scope"))
                    made[lock_id(own, other.pop("name"))] = other
                else:
                    made[f"{own}/federatedIdentityCredentials/{other.pop('name').split('/')[1]}"] = other
        else:
            raise AssertionError(kind)
    return made


class Symbol(str):
    """An expression, not a string."""

    def __eq__(self, other):
        return isinstance(other, Symbol) and str(self) == str(other)

    __hash__ = str.__hash__


def bicep_string(written):
    assert written[0] == written[-1] == "'" and len(written) > 1, written
    short = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", "$": "$"}

    def escape(match):
        return short[match[1]] if match[1] in short else chr(int(match[2], 16))

    inner = written[1:-1]
    assert not re.search(r"(?<!\\)(\\\\)*\$\{", inner), f"interpolation in {written}"
    return re.sub(r"\\(u\{([0-9a-fA-F]+)\}|.)", escape, inner)


def bicep_by_pycep(text):
    """Symbol, and the members that are texts or objects of texts, of each resource."""
    from pycep import BicepParser

    def value(held):
        if isinstance(held, dict):
            return {bicep_string(name) if name[0] == "'" else name: value(member) for name, member in held.items()}
        if isinstance(held, list):
            return [value(item) for item in held]
        return bicep_string(f"'{held}'") if isinstance(held, str) else held

    resources = BicepParser().parse(text=text)["resources"]
    return {symbol: value(resource["config"]) for symbol, resource in resources.items()}


# --- Terraform --------------------------------------------------------------------------------------------------------


def read_terraform(text):
    import hcl2

    def value(held):
        if isinstance(held, dict):
            return {hcl_string(name): value(member) for name, member in held.items() if name != "__is_block__"}
        if isinstance(held, list):
            return [value(item) for item in held]
        return hcl_string(held) if isinstance(held, str) else held

    document = value(hcl2.loads(text))
    providers = {name for block in document["provider"] for name in block}
    (required,) = (block["required_providers"] for block in document["terraform"])
    assert set(required[0]) == providers, (required, providers)
    (subscription,) = {held["subscription_id"] for block in document["provider"] for held in block.values()}

    made, labels = {}, {}
    for block in document["resource"]:
        ((kind, labelled),) = block.items()
        ((label, held),) = labelled.items()
        labels[f"${{{kind}.{label}}}"] = None
        assert kind.split("_")[0] in providers, kind
        if kind == "azurerm_resource_group":
            labels[f"${{azurerm_resource_group.{label}.name}}"] = held["name"]
            labels[f"${{azurerm_resource_group.{label}.location}}"] = held["location"]
            labels[f"${{azurerm_resource_group.{label}.id}}"] = group_id(subscription, held["name"])
            made[group_id(subscription, held["name"])] = body(held["location"], held.get("tags"))
        elif kind == "azurerm_user_assigned_identity":
            group, location = (labels.get(held[name], held[name]) for name in ("resource_group_name", "location"))
            properties = {"isolationScope": held.get("isolation_scope")} if "isolation_scope" in held else None
            own = identity_id(group_id(subscription, group), held["name"])
            made[own] = body(location, held.get("tags"), properties)
            labels[f"${{azurerm_user_assigned_identity.{label}.id}}"] = own
            labels[f"${{azurerm_user_assigned_identity.{label}.principal_id}}"] = own
        elif kind == "azurerm_federated_identity_credential":
            parent = labels[held["user_assigned_identity_id"]]
            made[f"{parent}/federatedIdentityCredentials/{held['name']}"] = credential(
                held["issuer"], held["subject"], held["audience"]
            )
        elif kind == "azurerm_role_assignment":
            assert held["principal_id"] in labels, held
            made[role_id(held["scope"], held["name"])] = role(
                held["role_definition_id"],
                PRINCIPAL,
                held["principal_type"],
                held.get("condition"),
                held.get("condition_version"),
            )
        elif kind == "azurerm_management_lock":
            assert set(held.get("depends_on", [])) <= labels.keys(), held
            made[lock_id(labels[held["scope"]], held["name"])] = lock(held["lock_level"], held.get("notes"))
        elif kind == "azapi_resource":
            assert held["type"].startswith(IDENTITY_TYPE + "@20"), held["type"]
            parent = labels.get(held["parent_id"], held["parent_id"])
            own = identity_id(parent, held["name"])
            made[own] = body(held["location"], held.get("tags"), held["body"]["properties"])
            labels[f"${{azapi_resource.{label}.id}}"] = own
            if "properties.principalId" in held.get("response_export_values", []):
                labels[f"${{azapi_resource.{label}.output.properties.principalId}}"] = own
        else:
            raise AssertionError(kind)
    return made


def hcl_string(written):
    """The text of a quoted string as written; anything else as it is."""
    if not (len(written) > 1 and written[0] == written[-1] == '"'):
        return written
    short = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
    value, rest = "", written[1:-1]
    while rest:
        doubled = re.match(r"([$%])\1\{", rest)
        assert doubled or not re.match(r"[$%]\{", rest), f"a template in {written}"
        escape = re.match(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", rest)
        if doubled:
            value, rest = value + doubled[1] + "{", rest[3:]
        elif escape:
            value += short[escape[3]] if escape[3] else chr(int(escape[1] or escape[2], 16))
            rest = rest[escape.end() :]
        else:
            value, rest = value + rest[0], rest[1:]
    return value


READERS = {"az": read_az, "powershell": read_powershell, "bicep": read_bicep, "terraform": read_terraform}


def main():
    answers = []
    for job in json.load(sys.stdin):
        try:
            answers.append({"made": READERS[job["language"]](job["text"])})
        except BaseException as error:  # argparse leaves by SystemExit
            answers.append({"error": f"{error}\n{traceback.format_exc()}"})
    json.dump(answers, sys.stdout)


main()
