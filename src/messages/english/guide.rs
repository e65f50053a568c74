//! "Which way to sign in to the registry": the questions, the recommendations, and the ways.

use crate::messages::Message;

pub const GUIDE_TITLE: Message = Message("Which way to sign in to the registry");
pub const GUIDE_INTRO: Message = Message(
    "A container registry in Azure accepts several ways to sign in. Answer up to four questions, and you get the one that fits, and the next step. Your answers go into this page's address, so you can share them.",
);
pub const GUIDE_AGAIN: Message = Message("Start again");

pub const GUIDE_WHO: Message = Message("Who pulls the images?");
pub const GUIDE_PERSON: Message = Message("A person");
pub const GUIDE_PERSON_HINT: Message = Message("You or a colleague, with Docker on your own computer.");
pub const GUIDE_AZURE: Message = Message("Something in Azure");
pub const GUIDE_AZURE_HINT: Message = Message("A virtual machine, a cluster, an app, or a build agent that runs there.");
pub const GUIDE_OUTSIDE: Message = Message("Something outside Azure");
pub const GUIDE_OUTSIDE_HINT: Message = Message("A hosted pipeline, another cloud, or a server of your own.");

pub const GUIDE_WHICH_IN_AZURE: Message = Message("What is it in Azure?");
pub const GUIDE_VM: Message = Message("Virtual machine");
pub const GUIDE_SCALE_SET: Message = Message("Virtual machine scale set");
pub const GUIDE_AKS: Message = Message("AKS cluster");
pub const GUIDE_AKS_POD: Message = Message("A program in an AKS pod");
pub const GUIDE_CONTAINER_APP: Message = Message("Container App");
pub const GUIDE_APP_SERVICE: Message = Message("App Service");
pub const GUIDE_FUNCTION_APP: Message = Message("Function App");
pub const GUIDE_CONTAINER_INSTANCE: Message = Message("Container Instance");
pub const GUIDE_AGENTS: Message = Message("A pipeline on your own agents");
pub const GUIDE_AGENTS_HINT: Message = Message("Self-hosted agents or runners on virtual machines or scale sets.");
pub const GUIDE_OTHER_IN_AZURE: Message = Message("Another Azure service");
pub const GUIDE_OTHER_IN_AZURE_HINT: Message = Message("Such as Batch or Machine Learning.");

pub const GUIDE_WHICH_OUTSIDE: Message = Message("What is it outside Azure?");
pub const GUIDE_GITHUB: Message = Message("GitHub Actions");
pub const GUIDE_AZURE_DEVOPS: Message = Message("Azure DevOps");
pub const GUIDE_GITLAB: Message = Message("GitLab");
pub const GUIDE_HCP_TERRAFORM: Message = Message("HCP Terraform");
pub const GUIDE_GOOGLE: Message = Message("Google Cloud");
pub const GUIDE_KUBERNETES: Message = Message("Kubernetes elsewhere");
pub const GUIDE_NODES_HINT: Message = Message("Its nodes pull the images of its pods.");
pub const GUIDE_KUBERNETES_POD: Message = Message("A program in a Kubernetes pod");
pub const GUIDE_POD_HINT: Message = Message("The program itself pulls, as Flux does.");
pub const GUIDE_SERVER: Message = Message("A server of your own");
pub const GUIDE_SERVER_HINT: Message = Message("On premises or at another provider.");
pub const GUIDE_OTHER_ISSUER: Message = Message("Another OpenID Connect issuer");
pub const GUIDE_OTHER_ISSUER_HINT: Message = Message("It gets ID tokens from an issuer on the public internet.");

pub const GUIDE_NUMBER: Message = Message("How many resources need this permission?");
pub const GUIDE_ONE: Message = Message("One resource");
pub const GUIDE_MANY: Message = Message("Several resources");
pub const GUIDE_MANY_HINT: Message = Message("They pull the same images, and more may follow.");

pub const GUIDE_LIFETIME: Message = Message("Does the permission outlive the resource?");
pub const GUIDE_ENDS: Message = Message("No, it ends with the resource");
pub const GUIDE_ENDS_HINT: Message = Message("The resource stays, and when you delete it, the permission should go as well.");
pub const GUIDE_OUTLIVES: Message = Message("Yes, it outlives the resource");
pub const GUIDE_OUTLIVES_HINT: Message = Message("The resource is replaced now and then, or must pull as soon as it is created.");

pub const GUIDE_RECOMMENDATION: Message = Message("Recommendation");
pub const GUIDE_PENDING: Message = Message("Answer the questions, and the recommendation appears here.");
pub const GUIDE_ANNOUNCED: Message = Message("Recommendation: {0}. {1}");
pub const GUIDE_NEXT: Message = Message("Next step");
pub const GUIDE_THEN: Message = Message("Then");
pub const GUIDE_OPEN_FORM: Message = Message("Create the identity");
pub const GUIDE_NAMES: Message = Message("Type your names, and the commands contain them.");

pub const GUIDE_LOGIN: Message = Message("Individual login");
pub const GUIDE_LOGIN_FOR: Message = Message("A person who pulls or pushes images by hand.");
pub const GUIDE_LOGIN_COST: Message =
    Message("No password. Docker keeps a token that expires after three hours; then you run az acr login again.");
pub const GUIDE_IDENTITY: Message = Message("Managed identity");
pub const GUIDE_IDENTITY_FOR: Message =
    Message("Everything that runs in Azure and, with a federated credential, pipelines and workloads outside it.");
pub const GUIDE_IDENTITY_COST: Message =
    Message("No secret to store or renew. You only look after its role assignments and federated credentials.");
pub const GUIDE_PRINCIPAL: Message = Message("Service principal");
pub const GUIDE_PRINCIPAL_FOR: Message = Message("A server or cluster outside Azure that can't get a token from an OpenID Connect issuer.");
pub const GUIDE_PRINCIPAL_COST: Message =
    Message("A secret or certificate, which somebody has to store safely and replace before it expires. Whoever copies it can sign in.");
pub const GUIDE_TOKEN: Message = Message("Token");
pub const GUIDE_TOKEN_FOR: Message = Message("Devices that can't sign in to Entra ID but need some of the repositories.");
pub const GUIDE_TOKEN_COST: Message =
    Message("Its passwords are known to the registry alone: Entra ID has no sign-in log, no Conditional Access and no role for it.");
pub const GUIDE_ADMIN: Message = Message("Admin user");
pub const GUIDE_ADMIN_FOR: Message = Message("A first try. It is off in a new registry.");
pub const GUIDE_ADMIN_COST: Message = Message(
    "One shared account with two passwords and full access. Nobody can tell who used it. Turn it off once everything else signs in.",
);
pub const GUIDE_ANONYMOUS: Message = Message("Anonymous pull");
pub const GUIDE_ANONYMOUS_FOR: Message = Message("Images that anybody on the internet may have.");
pub const GUIDE_ANONYMOUS_COST: Message =
    Message("It opens every repository of the registry, not only the one you have in mind. Keep public images in a registry of their own.");

pub const GUIDE_FOR: Message = Message("For");
pub const GUIDE_COST: Message = Message("To keep it");
pub const GUIDE_AGAINST: Message = Message("Why to leave it");
pub const GUIDE_WAYS: Message = Message("The recommended ways");
pub const GUIDE_WAYS_TO_LEAVE: Message = Message("Better to leave");

pub const GUIDE_KINDS: Message = Message("System-assigned or user-assigned");
pub const GUIDE_KINDS_INTRO: Message = Message("Both are managed identities and sign in the same way. They differ in what they belong to.");
pub const GUIDE_KIND_QUALITY: Message = Message("Property");
pub const GUIDE_SYSTEM_ASSIGNED: Message = Message("System-assigned managed identity");
pub const GUIDE_USER_ASSIGNED: Message = Message("User-assigned managed identity");
pub const GUIDE_SYSTEM: Message = Message("System-assigned");
pub const GUIDE_USER: Message = Message("User-assigned");
pub const GUIDE_KIND_CREATED: Message = Message("Created");
pub const GUIDE_KIND_CREATED_SYSTEM: Message = Message("When you enable it for a resource");
pub const GUIDE_KIND_CREATED_USER: Message = Message("As a resource of its own, also before anything uses it");
pub const GUIDE_KIND_USED: Message = Message("Used by");
pub const GUIDE_KIND_USED_SYSTEM: Message = Message("Its own resource only");
pub const GUIDE_KIND_USED_USER: Message = Message("Any number of resources");
pub const GUIDE_KIND_DELETED: Message = Message("Deleted");
pub const GUIDE_KIND_DELETED_SYSTEM: Message = Message("Together with its resource");
pub const GUIDE_KIND_DELETED_USER: Message = Message("When you delete it");
pub const GUIDE_KIND_ROLES: Message = Message("Role assignments");
pub const GUIDE_KIND_ROLES_SYSTEM: Message = Message("For each resource, once it exists");
pub const GUIDE_KIND_ROLES_USER: Message = Message("Once for all, before the first pull");
pub const GUIDE_KIND_FEDERATED: Message = Message("Federated credentials");
pub const GUIDE_KIND_FEDERATED_SYSTEM: Message = Message("None");
pub const GUIDE_KIND_FEDERATED_USER: Message = Message("Up to 20");

pub const GUIDE_FEDERATED: Message = Message("User-assigned managed identity with a federated credential");
pub const GUIDE_KUBELET: Message = Message("The cluster's kubelet identity");

pub const GUIDE_WHY_PERSON: Message =
    Message("You sign in as yourself, with your own roles and multifactor authentication, and no password is stored for the registry.");
pub const GUIDE_WHY_ALONE: Message =
    Message("It belongs to this one resource and is deleted with it, so there is no secret to keep and no identity to tidy up.");
pub const GUIDE_WHY_KUBELET: Message = Message(
    "The nodes of an AKS cluster pull images with its kubelet identity, which AKS created with the cluster. It only needs a role on the registry.",
);
pub const GUIDE_WHY_KUBELET_SHARED: Message = Message(
    "New clusters can take an identity of yours as their kubelet identity. It has its role before the first pull, and keeps it when a cluster is replaced.",
);
pub const GUIDE_WHY_MANY: Message =
    Message("All of the resources use one identity, so one role assignment serves them all, also those that you add later.");
pub const GUIDE_WHY_LONGER: Message = Message(
    "The identity is a resource of its own: it has its role before the resource exists, and keeps it when the resource is replaced.",
);
pub const GUIDE_WHY_SCALE_SET: Message = Message(
    "Instances come and go, and the permission has to be there before each of them. With flexible orchestration, the default, a scale set takes only user-assigned identities.",
);
pub const GUIDE_WHY_CONTAINER_APP: Message = Message(
    "A Container App pulls its image as soon as it is created. A system-assigned identity has no role at that time, so the first revision would fail.",
);
pub const GUIDE_WHY_CONTAINER_INSTANCE: Message = Message(
    "A Container Instance pulls its image while it is created. A system-assigned identity doesn't exist before that, so it can't have a role yet.",
);
pub const GUIDE_WHY_AGENTS: Message =
    Message("Agents are replaced often, and several run at once. They share one identity, which keeps its role when an agent is replaced.");
pub const GUIDE_WHY_POD: Message = Message(
    "The pod's service account token is exchanged for a token of the identity: there is no secret in the cluster. Nodes can't pull images this way.",
);
pub const GUIDE_WHY_OTHER: Message =
    Message("Every Azure service that supports managed identities can use it, and it has its role before the first pull.");
pub const GUIDE_WHY_FEDERATED: Message = Message(
    "It presents its own short-lived token, which Entra ID exchanges for a token of the identity: there is no secret to store or renew. Only user-assigned identities can do this.",
);
pub const GUIDE_WHY_SERVER: Message = Message(
    "A server outside Azure has no managed identity, and no OpenID Connect issuer that Entra ID could trust, so what is left is a secret. A service principal's secret has an end date, one role and its own sign-in log.",
);
pub const GUIDE_WHY_NODES: Message = Message(
    "Outside Azure, the nodes pull with a pull secret. A service principal's secret has an end date, one role and its own sign-in log, unlike the admin user's.",
);

pub const GUIDE_THEN_LOGIN_ROLE: Message = Message(
    "Your account needs a role on the registry: AcrPull or AcrPush. If the registry's role assignment permissions mode is RBAC Registry + ABAC Repository Permissions, it is Container Registry Repository Reader or Writer.",
);
pub const GUIDE_THEN_LOGIN_AGAIN: Message = Message("The sign-in lasts three hours. Run az acr login again after that.");
pub const GUIDE_THEN_NO_DOCKER: Message =
    Message("Without Docker, as in Cloud Shell, add --expose-token. It prints a token that other tools take as the password.");
pub const GUIDE_THEN_WAIT: Message = Message("A role assignment can take up to ten minutes to work. A pull before that is refused.");
pub const GUIDE_THEN_ARM_AUDIENCE: Message =
    Message("The registry has to accept ARM audience tokens, as it does by default. Check with az acr config authentication-as-arm show.");
pub const GUIDE_THEN_KUBELET: Message =
    Message("You change nothing in the cluster. The control plane's identity and your pods' workload identities don't pull images.");
pub const GUIDE_THEN_RENEW: Message = Message(
    "The secret expires after a year. Before that, make a new one with az ad app credential reset, or pulls fail from one day to the next.",
);
pub const GUIDE_THEN_ARC: Message =
    Message("If you connect the server to Azure Arc, it gets a managed identity of its own, and needs no secret.");
pub const GUIDE_THEN_NAMESPACES: Message =
    Message("Name the pull secret in the imagePullSecrets of each pod or service account. Every namespace needs its own copy.");
pub const GUIDE_THEN_ROLE: Message = Message(
    "Assign the identity the role AcrPull on the registry. If the registry's role assignment permissions mode is RBAC Registry + ABAC Repository Permissions, it is Container Registry Repository Reader. The page of the finished deployment has the command.",
);
pub const GUIDE_THEN_VM: Message = Message(
    "Assign the identity to each virtual machine with az vm identity assign --identities. There, sign in with az login --identity --client-id.",
);
pub const GUIDE_THEN_SCALE_SET: Message = Message(
    "Assign the identity to the scale set with az vmss identity assign --identities. On its instances, sign in with az login --identity --client-id.",
);
pub const GUIDE_THEN_KUBELET_SHARED: Message = Message(
    "Create the cluster with az aks create --assign-identity and --assign-kubelet-identity. For clusters that exist already, assign the role to their own kubelet identity instead: a change would replace every node.",
);
pub const GUIDE_THEN_AKS_POD: Message = Message(
    "Enable the cluster's OIDC issuer and workload identity. Then add a federated credential with the issuer's address, namespace and service account.",
);
pub const GUIDE_THEN_CONTAINER_APP: Message =
    Message("Assign the identity to the app, and choose it for the registry with az containerapp registry set --identity.");
pub const GUIDE_THEN_APP_SERVICE: Message = Message(
    "Assign the identity to each app with az webapp identity assign --identities, and choose it for pulls with az webapp config set --acr-identity.",
);
pub const GUIDE_THEN_FUNCTION_APP: Message = Message(
    "Assign the identity to each app with az functionapp identity assign --identities. Then set acrUseManagedIdentityCreds to true, and acrUserManagedIdentityID to its client ID.",
);
pub const GUIDE_THEN_CONTAINER_INSTANCE: Message = Message(
    "Create the Container Instance with az container create --assign-identity and --acr-identity. One that exists has to be created again.",
);
pub const GUIDE_THEN_AGENTS: Message = Message(
    "Assign the identity to the agents' virtual machines or scale set. In the pipeline, sign in with az login --identity --client-id, then az acr login.",
);
pub const GUIDE_THEN_OTHER: Message = Message("Assign the identity to the resource, and choose it there for the registry.");
pub const GUIDE_THEN_GITHUB: Message = Message(
    "Add a federated credential for the repository's branch, tag, environment or pull requests. In the workflow, use azure/login, then az acr login.",
);
pub const GUIDE_THEN_AZURE_DEVOPS: Message = Message(
    "Create a service connection with workload identity federation, and copy its issuer and subject into a federated credential. In the pipeline, use the AzureCLI task.",
);
pub const GUIDE_THEN_GITLAB: Message = Message(
    "Add a federated credential for the project and its branch or tag. In the job, ask for an ID token with id_tokens, and sign in with it.",
);
pub const GUIDE_THEN_HCP_TERRAFORM: Message =
    Message("Add two federated credentials for the workspace, one for the run phase plan and one for apply.");
pub const GUIDE_THEN_GOOGLE: Message =
    Message("Add a federated credential for the Google service account. Its subject is the account's unique ID, which is a number.");
pub const GUIDE_THEN_KUBERNETES_POD: Message = Message(
    "Add a federated credential with the address of the cluster's issuer, namespace and service account. Entra ID has to reach the issuer over the public internet.",
);
pub const GUIDE_THEN_OTHER_ISSUER: Message = Message(
    "Add a federated credential with the issuer, subject and audience exactly as they are in the token. Upper and lower case count.",
);
pub const GUIDE_THEN_REGION: Message =
    Message("Choose a region with federated credentials for the identity. The form marks those that may lack them.");

pub const GUIDE_NAME_REGISTRY: Message = Message("Registry name");
pub const GUIDE_NAME_VM: Message = Message("Virtual machine name");
pub const GUIDE_NAME_APP_SERVICE: Message = Message("App name");
pub const GUIDE_NAME_FUNCTION_APP: Message = Message("Function App name");
pub const GUIDE_NAME_CLUSTER: Message = Message("Cluster name");
pub const GUIDE_NAME_PRINCIPAL: Message = Message("Service principal name");
pub const GUIDE_NAME_IDENTITY: Message = Message("Identity name");
pub const GUIDE_BAD_REGISTRY: Message = Message("A registry's name has 5 to 50 letters and digits. Leave out the rest of its address.");
pub const GUIDE_BAD_GROUP: Message = Message("Azure doesn't allow this as the name of a resource group.");
pub const GUIDE_BAD_IDENTITY: Message =
    Message("An identity's name has 3 to 128 letters, digits, hyphens and underscores, and begins with a letter or digit.");
pub const GUIDE_MODE: Message = Message("Role assignment permissions mode of the registry");
pub const GUIDE_MODE_REGISTRY: Message = Message("RBAC Registry Permissions");
pub const GUIDE_MODE_REPOSITORIES: Message = Message("RBAC Registry + ABAC Repository Permissions");
pub const GUIDE_MODE_REGISTRY_HINT: Message = Message("The default. The role AcrPull lets it pull.");
pub const GUIDE_MODE_REPOSITORIES_HINT: Message =
    Message("The registry ignores AcrPull. The role Container Registry Repository Reader lets it pull.");

pub const GUIDE_RUN_LOGIN: Message = Message("Sign-in on your computer");
pub const GUIDE_RUN_SYSTEM_ASSIGNED: Message = Message("Identity and role assignment");
pub const GUIDE_RUN_ON_VM: Message = Message("Sign-in on the virtual machine");
pub const GUIDE_RUN_APP: Message = Message("Identity, role assignment and pull setting");
pub const GUIDE_RUN_KUBELET: Message = Message("Role assignment for the kubelet identity");
pub const GUIDE_RUN_PRINCIPAL: Message = Message("Service principal with a secret for one year");
pub const GUIDE_RUN_ON_SERVER: Message = Message("Sign-in on the server, with the values printed above");
pub const GUIDE_RUN_PULL_SECRET: Message = Message("Service principal with a secret for one year, and its pull secret");
