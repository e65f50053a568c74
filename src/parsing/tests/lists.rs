//! Tests of lists, as spreadsheets and Azure's tools write them.

use super::{draft_line, expect, reported};
use crate::parsing::{Lines, TextFormat, check, read};
use crate::provisioning::field::Field;
use crate::provisioning::problem::Severity;
use crate::provisioning::rules::Rules;

const ID: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1";
const VAULT: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/Microsoft.KeyVault/vaults/kv-1";

/// The notes and remarks that only inform, and are about the text itself.
fn informed(text: &str) -> Vec<String> {
    let reading = read(text);
    let notes = reading.notes.iter().map(|note| (note.severity, note.sentence.text()));
    let problems = check(text, &reading, &Rules::default()).concat();
    let problems = problems.into_iter().map(|problem| (problem.severity, problem.sentence.text()));
    let informs = notes.chain(problems).filter(|(severity, _)| *severity == Severity::Informs).map(|(_, said)| said);
    informs.filter(|said| !said.starts_with("No region") && !said.starts_with("No subscription")).collect()
}

#[test]
fn lists_of_other_things_may_not_list_identities() {
    for (text, may) in [
        ("Name,Description,HEX\nbug :x:,A bug,FF0000\n", false),
        ("name,description\nuami-1,x\n", false),
        ("ModuleName,RepoURL,Reference\nx,y,br/public:avm/res/managed-identity/user-assigned-identity:X.Y.Z\n", false),
        ("name,owner,cost,team,region\nuami-1,a,b,c,westeurope\n", true),
        ("\u{feff}sep=;\nname;rg\nuami-1;RG1\n", true),
        ("NAME,TYPE\nuami-1,Managed Identity\n", true),
        (ID, true),
        ("", false),
    ] {
        assert_eq!(crate::parsing::may_list(text), may, "{text}");
    }
}

/// A text, its drafts, its problems, and what it only informs about.
type Case<'a> = (String, &'a [&'a str], &'a [&'a str], &'a [&'a str]);

#[test]
fn exports_of_azure() {
    let graph = format!(
        "\"id\",\"name\",\"type\",\"tenantId\",\"kind\",\"location\",\"resourceGroup\",\"subscriptionId\",\"managedBy\",\"sku\",\"plan\",\"properties\",\"tags\",\"identity\",\"zones\",\"extendedLocation\",\"RESOURCEGROUPNAME\",\"SUBSCRIPTIONNAME\"\r\n\
         \"{ID}\",\"uami-1\",\"microsoft.managedidentity/userassignedidentities\",\"x\",\"\",\"westeurope\",\"rg1\",\"11111111-2222-3333-4444-555555555555\",\"\",\"null\",\"null\",\"{{\"\"clientId\"\":\"\"x\"\"}}\",\"{{\"\"Env\"\":\"\"prod\"\",\"\"a b\"\":\"\"c,d\"\"}}\",\"null\",\"null\",\"null\",\"RG1\",\"Contoso\"\r\n\
         \"{VAULT}\",\"kv-1\",\"microsoft.keyvault/vaults\",\"x\",\"\",\"global\",\"rg1\",\"x\",\"\",\"null\",\"null\",\"{{}}\",\"null\",\"null\",\"null\",\"null\",\"RG1\",\"Contoso\"\r\n"
    );
    let csv = |type_name: &str, tag: &str| {
        format!(
            "{type_name}\"ClientId\",\"Id\",\"Location\",\"Name\",\"PrincipalId\",\"ResourceGroupName\",\"SystemDataCreatedAt\",\"Tag\",\"Type\"\r\n\
             \"x\",\"{ID}\",\"westeurope\",\"uami-1\",\"y\",\"RG1\",,\"{tag}\",\"Microsoft.ManagedIdentity/userAssignedIdentities\"\r\n"
        )
    };
    let table: Vec<Case> = vec![
        (
            "NAME,TYPE,RESOURCE GROUP,LOCATION,SUBSCRIPTION\nuami-1,Managed Identity,RG1,West Europe,Contoso prod\nst1,Storage account,RG1,West Europe,Contoso prod\nst2,Storage account,RG1,West Europe,Contoso prod\n".into(),
            &["|RG1|westeurope|uami-1|||"],
            &[],
            &["Rows of other resources were skipped: 2. The first is of type Storage account.", "The subscription is given by its name, Contoso prod, so its ID wasn't checked."],
        ),
        (graph, &["1|rg1|westeurope|uami-1||Env=prod,a b=c,d|"], &[], &["Rows of other resources were skipped: 1. The first is of type Microsoft.KeyVault/vaults."]),
        (csv("#TYPE Microsoft.Azure.PowerShell.Cmdlets.ManagedServiceIdentity.Models.Identity\r\n", "System.Collections.Hashtable"), &["1|RG1|westeurope|uami-1|||"], &["3 warns Couldn't work out this value, so it wasn't checked: System.Collections.Hashtable"], &[]),
        (csv("", ""), &["1|RG1|westeurope|uami-1|||"], &[], &[]),
        // `az identity list -o tsv`, and IDs alone.
        (
            format!("x\t{ID}\twesteurope\tuami-1\ty\tRG1\t\tz\tMicrosoft.ManagedIdentity/userAssignedIdentities\nx\t{VAULT}\twesteurope\n"),
            &["1|RG1|westeurope|uami-1|||"],
            &[],
            &["Rows of other resources were skipped: 1. The first is of type Microsoft.KeyVault/vaults."],
        ),
        (format!("{ID}\n{ID}2\n"), &["1|RG1||uami-1|||", "1|RG1||uami-12|||"], &[], &[]),
        // `az identity list -o table`, and what PowerShell shows.
        (
            "ClientId    Location    Name      PrincipalId    ResourceGroup\n----------  ----------  --------  -------------  ---------------\nx           westeurope  uami-1    y              RG1\nx           eastus      größe_2   y              RG1\n".into(),
            &["|RG1|westeurope|uami-1|||", "|RG1|eastus|größe_2|||"],
            &["4 blocks Use only letters"],
            &[],
        ),
        (
            "\nName   ResourceGroupName Location\n----   ----------------- --------\nuami-1 RG1               eastus\nuami-… RG1               eastus\n\n".into(),
            &["|RG1|eastus|uami-1|||", "|RG1|eastus||||"],
            &["5 warns Couldn't work out this value, so it wasn't checked: uami-…"],
            &[],
        ),
    ];
    for (text, drafts, problems, informs) in table {
        expect(&text, TextFormat::Table, drafts, problems);
        assert_eq!(informed(&text), informs, "{text}");
    }
}

#[test]
fn lists_of_any_origin() {
    let table: [(&str, &[&str], &[&str]); 11] = [
        ("Identities of the shop, March 2026\n\nname;group;region\nuami-1;RG1;eastus\n", &["|RG1|eastus|uami-1|||"], &[]),
        ("sep=\t\nname\tgroup\nuami-1\tRG1", &["|RG1||uami-1|||"], &[]),
        ("name|group|region\nuami-1|RG1|eastus", &["|RG1|eastus|uami-1|||"], &[]),
        ("| Name | Resource group |\n|---|:-:|\n| uami-1 | RG1 |\n", &["|RG1||uami-1|||"], &[]),
        ("name,group,\nuami-1,RG1,\nuami-2,RG1,,,\n,,,\n", &["|RG1||uami-1|||", "|RG1||uami-2|||"], &[]),
        ("\"na\nme\",group\nuami-1,RG1\n", &["|RG1||uami-1|||"], &[]),
        (
            "name,group,tags\nuami-1,RG1,Env=prod;Owner=me\nuami-2,RG1,what\n",
            &["|RG1||uami-1||Env=prod,Owner=me|", "|RG1||uami-2|||"],
            &["3 warns Couldn't work out"],
        ),
        ("name,group\n=\"uami-1\",RG1\n\"'-x-1\",RG1\n", &["|RG1||uami-1|||", "|RG1||-x-1|||"], &["3 blocks Start with a letter"]),
        ("name,group,subscription id\nuami-1,RG1,Contoso\n", &["C|RG1||uami-1|||"], &["2 blocks “Contoso” isn't a subscription ID."]),
        ("name,group,type\nkv-1,RG1,Microsoft.KeyVault/vaults\n", &[], &[]),
        ("name,group,Name\nuami-1,RG1,uami-2\n", &["|RG1||uami-2|||"], &["1 warns There are two columns for Name."]),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::Table, drafts, problems);
    }
}

#[test]
fn other_texts_are_no_lists() {
    for text in [
        "# name,resourceGroup\naz identity create -g RG1 -n uami-1\n",
        "cat > list.csv <<EOF\nname,resourceGroup\nuami-1,RG1\nEOF\naz identity create -g RG1 -n uami-1\n",
        "$list = @'\nname,resourceGroup\nuami-1,RG1\n'@\nNew-AzUserAssignedIdentity -Name x\n",
        "name = \"x\"\n",
        "name: x\non: push\n",
        "id,\nwhat, where\n",
        "The identity has\na name,\na group\nand a region.\n",
        &format!("az identity show --ids {ID}\n"),
    ] {
        assert_ne!(read(text).kind, TextFormat::Table, "{text}");
    }
}

#[test]
fn positions_of_cells_are_exact() {
    let text = "\u{feff}name,note,group,region\r\n\"uami\r\n1\",\"two\nlines, größer\",  a/b,west-europe\r\n x y ,,\"RG1\",Mars\r\n";
    let reading = read(text);
    let lines = Lines::of(text);
    let places = reading.found.iter().flat_map(|found| {
        [Field::Name, Field::ResourceGroup, Field::Region].map(|field| {
            let place = lines.place(found.place(field));
            (place.line, place.column)
        })
    });
    assert_eq!(places.collect::<Vec<_>>(), [(2, 1), (4, 18), (4, 22), (5, 2), (5, 8), (5, 14)]);
    assert!(
        reported(text, &reading).iter().any(|said| said.starts_with("4 blocks Unknown region “west-europe”. Did you mean westeurope?"))
    );
    assert_eq!(
        reading.found.iter().map(|found| draft_line(&found.draft)).collect::<Vec<_>>(),
        ["|a/b|west-europe|uami\r\n1|||", "|RG1|mars|x y|||"]
    );
}

#[test]
fn lists() {
    let table: [(&str, &[&str], &[&str]); 7] = [
        (
            "name,group,region\nuami-1,RG1,Mars\nuami-2,RG1,usgovvirginia\n",
            &["|RG1|mars|uami-1|||", "|RG1|usgovvirginia|uami-2|||"],
            &["2 warns Unknown region “mars”."],
        ),
        (
            "name,resourceGroup,region,tag.Env\nuami-1,RG1,East US,prod\r\nuami-2,RG1,,\r\n",
            &["|RG1|eastus|uami-1||Env=prod|", "|RG1||uami-2|||"],
            &[],
        ),
        (
            "\u{feff}sep=;\r\nName;Location;Resource Group\r\n\"uami-\"\"1\"\"\";eastus;RG1\r\n",
            &["|RG1|eastus|uami-\"1\"|||"],
            &["3 blocks Use only letters"],
        ),
        ("NAME\tRG\nuami-1\tRG1\n\n  \t \nuami-2\tRG1", &["|RG1||uami-1|||", "|RG1||uami-2|||"], &[]),
        (
            "name,group\nuami-1,RG1\nUAMI-1,rg1\nuami-1,RG2\n",
            &["|RG1||uami-1|||", "|rg1||UAMI-1|||", "|RG2||uami-1|||"],
            &["3 warns This name is already used in the same resource group, on line 2."],
        ),
        (
            "name,group\n\"line\nbreak\",RG1\nuami-1,RG1,x\n\"open,RG1",
            &["|RG1||line\nbreak|||", "|RG1||uami-1|||", "|||open,RG1|||"],
            &[
                "2 blocks",
                "4 blocks This row has 3 values for 2",
                "5 blocks resourceGroup (resource group) is missing.",
                "5 blocks Use only letters",
                "5 blocks The quote",
            ],
        ),
        (
            "name,resourceGroup,region,subscription,id\r\n\"uami-1\",\"'-rg\",\"eastus\",\"Contoso\",\"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami-1\"\r\n",
            &["1|-rg|eastus|uami-1|||"],
            &[],
        ),
    ];
    for (text, drafts, problems) in table {
        expect(text, TextFormat::Table, drafts, problems);
    }
}
