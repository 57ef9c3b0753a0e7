// Generated from the hub's /openapi/v1.json by `npm run generate`. Do not edit.

export interface paths {
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a webhook delivery. */
        post: operations["TakeWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{controllerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a webhook delivery for a controller's id. */
        post: operations["TakeControllerWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/first-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the first administrator. */
        post: operations["FirstRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in and get a token. */
        post: operations["Login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a token for the metrics. */
        get: operations["GetMetricsToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/controller-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the controller's id and URLs. */
        get: operations["ControllerInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/controller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the controller's settings. */
        get: operations["GetController"];
        /** Update the controller's settings. */
        put: operations["UpdateController"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/controller/tools/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Synchronize the agent tools now. */
        post: operations["ForceToolsSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all users. */
        get: operations["ListUsers"];
        put?: never;
        /** Create a user. */
        post: operations["CreateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a user. */
        get: operations["GetUser"];
        /** Update a user. */
        put: operations["UpdateUser"];
        post?: never;
        /** Delete a user. */
        delete: operations["DeleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all sources. */
        get: operations["ListSources"];
        put?: never;
        /** Create a source. */
        post: operations["CreateSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a source. */
        get: operations["GetSource"];
        /** Update a source. */
        put: operations["UpdateSource"];
        post?: never;
        /** Remove a source and what is mirrored of it. */
        delete: operations["DeleteSource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/secrets/reseal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Encrypt all stored secrets with the current passphrase. */
        post: operations["ResealSecrets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ws/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open the event socket. */
        get: operations["WatchEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream events over HTTP. */
        get: operations["StreamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ws/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open the socket of fleet snapshots. */
        get: operations["WatchMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ws/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open the socket of the hub's log. */
        get: operations["WatchLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open the socket of the hub's log at its former address. */
        get: operations["WatchLogOlder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the event sessions of all nodes. */
        get: operations["ListSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an event session. */
        delete: operations["EndSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read past events, in pages. */
        get: operations["ListEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the current entities that a filter matches, in pages. */
        get: operations["ReadSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/github/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all GitHub endpoints. */
        get: operations["ListGithubEndpoints"];
        put?: never;
        /** Create a GitHub endpoint. */
        post: operations["CreateGithubEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/github/endpoints/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a GitHub endpoint. */
        get: operations["GetGithubEndpoint"];
        /** Update a GitHub endpoint. */
        put: operations["UpdateGithubEndpoint"];
        post?: never;
        /** Delete a GitHub endpoint. */
        delete: operations["DeleteGithubEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gitea/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all Gitea endpoints. */
        get: operations["ListGiteaEndpoints"];
        put?: never;
        /** Create a Gitea endpoint. */
        post: operations["CreateGiteaEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gitea/endpoints/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a Gitea endpoint. */
        get: operations["GetGiteaEndpoint"];
        /** Update a Gitea endpoint. */
        put: operations["UpdateGiteaEndpoint"];
        post?: never;
        /** Delete a Gitea endpoint. */
        delete: operations["DeleteGiteaEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/github/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all GitHub credentials. */
        get: operations["ListCredentials"];
        put?: never;
        /** Create GitHub credentials. */
        post: operations["CreateCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/github/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get GitHub credentials. */
        get: operations["GetCredentials"];
        /** Update GitHub credentials. */
        put: operations["UpdateCredentials"];
        post?: never;
        /** Delete GitHub credentials. */
        delete: operations["DeleteCredentials"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all GitHub credentials, at the former address. */
        get: operations["ListCredentialsOlder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gitea/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all Gitea credentials. */
        get: operations["ListGiteaCredentials"];
        put?: never;
        /** Create Gitea credentials. */
        post: operations["CreateGiteaCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gitea/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Gitea credentials. */
        get: operations["GetGiteaCredentials"];
        /** Update Gitea credentials. */
        put: operations["UpdateGiteaCredentials"];
        post?: never;
        /** Delete Gitea credentials. */
        delete: operations["DeleteGiteaCredentials"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proxies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all proxies. */
        get: operations["ListProxies"];
        put?: never;
        /** Create a proxy. */
        post: operations["CreateProxy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proxies/{proxyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a proxy. */
        get: operations["GetProxy"];
        /** Update a proxy. */
        put: operations["UpdateProxy"];
        post?: never;
        /** Delete a proxy. */
        delete: operations["DeleteProxy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all pools. */
        get: operations["ListPools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{poolId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a pool. */
        get: operations["GetPool"];
        /** Update a pool. */
        put: operations["UpdatePool"];
        post?: never;
        /** Delete a pool. */
        delete: operations["DeletePool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scalesets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all scale sets. */
        get: operations["ListScalesets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scalesets/{scaleSetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a scale set. */
        get: operations["GetScaleSet"];
        /** Update a scale set. */
        put: operations["UpdateScaleSet"];
        post?: never;
        /** Delete a scale set. */
        delete: operations["DeleteScaleSet"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scalesets/{scaleSetId}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runners of a scale set. */
        get: operations["ListScaleSetInstances"];
        put?: never;
        /** Create a runner in a scale set. */
        post: operations["CreateScaleSetInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scalesets/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the jobs of all scale sets. */
        get: operations["ListAllScaleSetJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scalesets/{scaleSetId}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the jobs of a scale set. */
        get: operations["ListScaleSetJobs"];
        put?: never;
        /** Report what the forge says of a scale set's job. */
        post: operations["ReportScaleSetJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all runners. */
        get: operations["ListInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a runner. */
        get: operations["GetInstance"];
        /** Update a runner. */
        put: operations["UpdateInstance"];
        post?: never;
        /** Ask for the deletion of a runner. */
        delete: operations["DeleteInstance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{name}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a token for a runner. */
        post: operations["CreateInstanceToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{poolId}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runners of a pool. */
        get: operations["ListPoolInstances"];
        put?: never;
        /** Create a runner in a pool. */
        post: operations["CreatePoolInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all jobs. */
        get: operations["ListJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Report what no webhook delivery reported of a job. */
        put: operations["UpdateJob"];
        post?: never;
        /** Delete a job. */
        delete: operations["DeleteJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the last webhook deliveries. */
        get: operations["ListWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the providers that pools may name. */
        get: operations["ListProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all templates. */
        get: operations["ListTemplates"];
        put?: never;
        /** Create a template. */
        post: operations["CreateTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore the built-in templates. */
        post: operations["RestoreTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{templateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a template with its data. */
        get: operations["GetTemplate"];
        /** Update a template. */
        put: operations["UpdateTemplate"];
        post?: never;
        /** Delete a template. */
        delete: operations["DeleteTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List stored files. */
        get: operations["ListFileObjects"];
        put?: never;
        /** Upload a file. */
        post: operations["CreateFileObject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/objects/{objectId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a file's description. */
        get: operations["GetFileObject"];
        /** Update a file's description. */
        put: operations["UpdateFileObject"];
        post?: never;
        /** Delete a file. */
        delete: operations["DeleteFileObject"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/objects/{objectId}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file. */
        get: operations["DownloadFileObject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** Download a file. */
        head: operations["DownloadFileObjectHead"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/tools/garm-agent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the uploaded agent tools. */
        get: operations["AdminGarmAgentList"];
        put?: never;
        /** Upload an agent tool. */
        post: operations["UploadGARMAgentTool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tools/garm-agent/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the releases of the agent. */
        get: operations["ListGARMAgentReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all repositories. */
        get: operations["ListRepos"];
        put?: never;
        /** Create a repository. */
        post: operations["CreateRepo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{entityId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a repository. */
        get: operations["GetRepo"];
        /** Update a repository. */
        put: operations["UpdateRepo"];
        post?: never;
        /** Delete a repository. */
        delete: operations["DeleteRepo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{entityId}/pool-manager-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Report the state of the runner manager of a repository. */
        put: operations["UpdateRepoPoolManagerStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{entityId}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runners of a repository. */
        get: operations["ListRepoInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{entityId}/scalesets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the scale sets of a repository. */
        get: operations["ListRepoScaleSets"];
        put?: never;
        /** Create a scale set in a repository. */
        post: operations["CreateRepoScaleSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{entityId}/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the pools of a repository. */
        get: operations["ListRepoPools"];
        put?: never;
        /** Create a pool in a repository. */
        post: operations["CreateRepoPool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{entityId}/pools/{poolId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a pool of a repository. */
        get: operations["GetRepoPool"];
        /** Update a pool of a repository. */
        put: operations["UpdateRepoPool"];
        post?: never;
        /** Delete a pool of a repository. */
        delete: operations["DeleteRepoPool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all organizations. */
        get: operations["ListOrgs"];
        put?: never;
        /** Create an organization. */
        post: operations["CreateOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{entityId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an organization. */
        get: operations["GetOrg"];
        /** Update an organization. */
        put: operations["UpdateOrg"];
        post?: never;
        /** Delete an organization. */
        delete: operations["DeleteOrg"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{entityId}/pool-manager-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Report the state of the runner manager of an organization. */
        put: operations["UpdateOrgPoolManagerStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{entityId}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runners of an organization. */
        get: operations["ListOrgInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{entityId}/scalesets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the scale sets of an organization. */
        get: operations["ListOrgScaleSets"];
        put?: never;
        /** Create a scale set in an organization. */
        post: operations["CreateOrgScaleSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{entityId}/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the pools of an organization. */
        get: operations["ListOrgPools"];
        put?: never;
        /** Create a pool in an organization. */
        post: operations["CreateOrgPool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{entityId}/pools/{poolId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a pool of an organization. */
        get: operations["GetOrgPool"];
        /** Update a pool of an organization. */
        put: operations["UpdateOrgPool"];
        post?: never;
        /** Delete a pool of an organization. */
        delete: operations["DeleteOrgPool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enterprises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all enterprises. */
        get: operations["ListEnterprises"];
        put?: never;
        /** Create an enterprise. */
        post: operations["CreateEnterprise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enterprises/{entityId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an enterprise. */
        get: operations["GetEnterprise"];
        /** Update an enterprise. */
        put: operations["UpdateEnterprise"];
        post?: never;
        /** Delete an enterprise. */
        delete: operations["DeleteEnterprise"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enterprises/{entityId}/pool-manager-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Report the state of the runner manager of an enterprise. */
        put: operations["UpdateEnterprisePoolManagerStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enterprises/{entityId}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runners of an enterprise. */
        get: operations["ListEnterpriseInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enterprises/{entityId}/scalesets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the scale sets of an enterprise. */
        get: operations["ListEnterpriseScaleSets"];
        put?: never;
        /** Create a scale set in an enterprise. */
        post: operations["CreateEnterpriseScaleSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enterprises/{entityId}/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the pools of an enterprise. */
        get: operations["ListEnterprisePools"];
        put?: never;
        /** Create a pool in an enterprise. */
        post: operations["CreateEnterprisePool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enterprises/{entityId}/pools/{poolId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a pool of an enterprise. */
        get: operations["GetEnterprisePool"];
        /** Update a pool of an enterprise. */
        put: operations["UpdateEnterprisePool"];
        post?: never;
        /** Delete a pool of an enterprise. */
        delete: operations["DeleteEnterprisePool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forge-instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all forge instances. */
        get: operations["ListForgeInstances"];
        put?: never;
        /** Create a forge instance. */
        post: operations["CreateForgeInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forge-instances/{entityId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a forge instance. */
        get: operations["GetForgeInstance"];
        /** Update a forge instance. */
        put: operations["UpdateForgeInstance"];
        post?: never;
        /** Delete a forge instance. */
        delete: operations["DeleteForgeInstance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forge-instances/{entityId}/pool-manager-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Report the state of the runner manager of a forge instance. */
        put: operations["UpdateForgeInstancePoolManagerStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forge-instances/{entityId}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runners of a forge instance. */
        get: operations["ListForgeInstanceInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forge-instances/{entityId}/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the pools of a forge instance. */
        get: operations["ListForgeInstancePools"];
        put?: never;
        /** Create a pool in a forge instance. */
        post: operations["CreateForgeInstancePool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forge-instances/{entityId}/pools/{poolId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a pool of a forge instance. */
        get: operations["GetForgeInstancePool"];
        /** Update a pool of a forge instance. */
        put: operations["UpdateForgeInstancePool"];
        post?: never;
        /** Delete a pool of a forge instance. */
        delete: operations["DeleteForgeInstancePool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report a runner's status. */
        post: operations["ReportStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks/system-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report a runner's operating system. */
        post: operations["ReportSystemInfo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/runner-metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a runner needs to set itself up. */
        get: operations["GetRunnerMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/runner-registration-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Take the runner's registration token, once in each attempt. */
        get: operations["GetRegistrationToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/install-script": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answer 409: the hub cannot make an install script. */
        get: operations["GetInstallScript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/credentials/{fileName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a file of the runner's JIT configuration. */
        get: operations["GetRunnerFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/system/service-name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the name of the runner's system service. */
        get: operations["GetServiceName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/system/cert-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the certificates that the runner should trust. */
        get: operations["GetCertificateBundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/tools/garm-agent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the agent tools for the runner's system. */
        get: operations["RunnerGarmAgentList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metadata/tools/garm-agent/{objectId}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download an agent tool. */
        get: operations["RunnerGarmAgentDownload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An address of a machine. */
        Address: {
            address?: string;
            /** @description `public` or `private`. */
            type?: string;
        };
        /** @description What the agent on a machine can do. */
        AgentCapabilities: {
            has_shell?: boolean;
        };
        /** @description The agent for one operating system and architecture, as GARM shows it. */
        AgentTool: {
            /** Format: int64 */
            id?: number;
            name?: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size?: number;
            /** @description SHA-256 of the content, hexadecimal. */
            sha256sum?: string;
            description?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            file_type?: string;
            version?: string;
            os_type?: string;
            os_arch?: string;
            /** @description Where runners fetch it. */
            download_url?: string;
            /** @description `manual` for what was uploaded. */
            origin?: string;
            /** @description `local`: it is stored here. */
            source?: string;
        };
        /** @description A part of a list. */
        AgentToolPage: {
            /**
             * Format: int64
             * @description The number of items on all pages.
             */
            total_count?: number;
            /**
             * Format: int64
             * @description The number of pages of this size.
             */
            pages?: number;
            /**
             * Format: int64
             * @description From 1.
             */
            current_page?: number;
            /**
             * Format: int64
             * @description Absent on the last page.
             */
            next_page?: null | number;
            /**
             * Format: int64
             * @description Absent on the first page.
             */
            previous_page?: null | number;
            /** @description What is on the page; agent tools show none as null. */
            results?: null | components["schemas"]["AgentTool"][];
        };
        ApiError: {
            error: string;
            details: string;
        };
        CertificateBundle: {
            root_certificates: null | {
                [key: string]: string;
            };
        };
        /** @description The controller's settings, as GARM shows them. */
        Controller: {
            controller_id: string;
            /** @description The answering node's host name; GARM shows it in answers to reads and not in events. */
            hostname?: string;
            metadata_url?: string;
            callback_url?: string;
            webhook_url?: string;
            /** @description The webhook URL with the controller's id; the bare id while there is no webhook URL. */
            controller_webhook_url?: string;
            agent_url?: string;
            garm_agent_releases_url?: string;
            enable_agent_tools_sync?: boolean;
            garm_agent_version?: string;
            allow_insecure_garm_agent?: boolean;
            /**
             * Format: uint32
             * @description Seconds that a job must be old before a runner is made for it.
             */
            minimum_job_age_backoff?: number;
            version?: string;
            /** Format: byte */
            ca_cert_bundle?: string;
        };
        /** @description A new organization or enterprise. */
        CreateEntityRequest: {
            name?: null | string;
            /** @description They also determine the endpoint. */
            credentials_name?: null | string;
            /** @description The secret with which the forge signs its webhooks. */
            webhook_secret?: null | string;
            /** @description `roundrobin`, which is the default, or `pack`. */
            pool_balancer_type?: null | string;
            /** @description The forge of the credentials: `github` or `gitea`; absent for either. Enterprises ignore it. */
            forge_type?: null | string;
            agent_mode?: null | boolean;
        };
        /** @description A new forge instance; its name is its endpoint's. */
        CreateForgeInstanceRequest: {
            /** @description The endpoint of the credentials, in the same spelling. */
            endpoint_name?: null | string;
            name?: null | string;
            /** @description They also determine the endpoint. */
            credentials_name?: null | string;
            /** @description The secret with which the forge signs its webhooks. */
            webhook_secret?: null | string;
            /** @description `roundrobin`, which is the default, or `pack`. */
            pool_balancer_type?: null | string;
            /** @description The forge of the credentials: `github` or `gitea`; absent for either. Enterprises ignore it. */
            forge_type?: null | string;
            agent_mode?: null | boolean;
        };
        /** @description New credentials for a Gitea endpoint. */
        CreateGiteaCredentialsRequest: {
            /** @description Unique without regard to case among Gitea's; GitHub's may have the same. */
            name?: null | string;
            description?: null | string;
            /** @description The endpoint's name. */
            endpoint?: null | string;
            /** @description `pat`: Gitea has nothing else. */
            auth_type?: null | string;
            /** @description A personal access token. */
            pat?: {
                oauth2_token?: null | string;
            };
        };
        /** @description A new Gitea endpoint. */
        CreateGiteaEndpointRequest: {
            /** @description Unique without regard to case, also among the endpoints of other forges. */
            name?: null | string;
            description?: null | string;
            /** @description http or https. */
            api_base_url?: null | string;
            /** @description http or https; may be relative to the API's. */
            base_url?: null | string;
            /** @description http or https; may be relative to the base URL. Gitea's own list when absent. */
            tools_metadata_url?: null | string;
            use_internal_tools_metadata?: null | boolean;
            /**
             * Format: byte
             * @description PEM certificates, base64 in JSON; dropped when there is no certificate in it.
             */
            ca_cert_bundle?: null | string;
        };
        /** @description New credentials for a GitHub endpoint. */
        CreateGithubCredentialsRequest: {
            /** @description Unique without regard to case. */
            name?: null | string;
            description?: null | string;
            /** @description The endpoint's name. */
            endpoint?: null | string;
            /** @description `pat` or `app`: selects `pat` or `app` below; the other one is ignored. */
            auth_type?: null | string;
            /** @description A personal access token. */
            pat?: {
                oauth2_token?: null | string;
            };
            /** @description A GitHub App's installation. */
            app?: {
                /** Format: int64 */
                app_id?: null | number;
                /** Format: int64 */
                installation_id?: null | number;
                /**
                 * Format: byte
                 * @description The App's RSA key as a PKCS#1 PEM, base64 in JSON.
                 */
                private_key_bytes?: null | string;
            };
        };
        /** @description A new GitHub endpoint. */
        CreateGithubEndpointRequest: {
            /** @description Unique without regard to case, also among the endpoints of other forges. */
            name?: null | string;
            description?: null | string;
            /** @description http or https. */
            api_base_url?: null | string;
            /** @description http or https; may be relative to the API's. */
            upload_base_url?: null | string;
            /** @description http or https; may be relative to the upload's. */
            base_url?: null | string;
            /**
             * Format: byte
             * @description PEM certificates, base64 in JSON; dropped when there is no certificate in it.
             */
            ca_cert_bundle?: null | string;
        };
        /** @description A new runner of a pool or a scale set. GARM has no such request, because its own manager creates runners. */
        CreateInstanceRequest: {
            /** @description When absent, the hub makes one: the pool's prefix and twelve random letters and digits. */
            name?: null | string;
            /**
             * Format: int64
             * @description The forge's number of the runner, where it is registered already.
             */
            agent_id?: null | number;
            /**
             * @description The runner's just-in-time configuration: files by name, in base64. Only the runner itself can read it back, with its
             *     token.
             */
            jit_configuration?: null | {
                [key: string]: string;
            };
            /**
             * @description The token with which the runner registers at the forge without a just-in-time configuration. Only the runner itself can read
             *     it back, once in each attempt.
             */
            registration_token?: null | string;
            /**
             * Format: int64
             * @description The queued job (`id` in `/jobs`) that the runner is created for; the entity locks it.
             */
            job_id?: null | number;
        };
        /** @description A new pool of runners. */
        CreatePoolRequest: {
            tags?: null | string[];
            /** Format: uint32 */
            priority?: null | number;
            /** @description A configured provider. */
            provider_name?: null | string;
            /** @description For a scale set `Default` when absent. */
            "github-runner-group"?: null | string;
            /** @description The start of the runners' names; `garm` when absent at the creation. */
            runner_prefix?: null | string;
            /** Format: uint32 */
            max_runners?: null | number;
            /**
             * Format: uint32
             * @description At most `max_runners`.
             */
            min_idle_runners?: null | number;
            image?: null | string;
            flavor?: null | string;
            /** @description `linux` or `windows`; the template has to be for the same. */
            os_type?: null | string;
            /** @description `amd64`, `i386`, `arm64` or `arm`. */
            os_arch?: null | string;
            enabled?: null | boolean;
            enable_shell?: null | boolean;
            /**
             * Format: uint32
             * @description Minutes. At the creation of a scale set, 20 when absent or 0; in an update of one, at least 1.
             */
            runner_bootstrap_timeout?: null | number;
            /** @description Any JSON, for the provider. JSON null is a value here, unlike in other fields. */
            extra_specs?: unknown;
            /**
             * Format: uint32
             * @description When absent at the creation: the built-in template for the forge and the operating system.
             */
            template_id?: null | number;
            /**
             * Format: uint32
             * @description 0 for none.
             */
            proxy_id?: null | number;
        };
        /** @description A new proxy. Absent and null mean the same, in all requests. */
        CreateProxyRequest: {
            name?: null | string;
            description?: null | string;
            /** @description http, https or socks5, without credentials. */
            http_proxy?: null | string;
            /** @description http, https or socks5, without credentials. */
            https_proxy?: null | string;
            no_proxy?: null | string;
            username?: null | string;
            password?: null | string;
        };
        /** @description A new repository. */
        CreateRepositoryRequest: {
            owner?: null | string;
            name?: null | string;
            /** @description They also determine the endpoint. */
            credentials_name?: null | string;
            /** @description The secret with which the forge signs its webhooks. */
            webhook_secret?: null | string;
            /** @description `roundrobin`, which is the default, or `pack`. */
            pool_balancer_type?: null | string;
            /** @description The forge of the credentials: `github` or `gitea`; absent for either. Enterprises ignore it. */
            forge_type?: null | string;
            agent_mode?: null | boolean;
        };
        /** @description A new scale set, registered at the forge already or later. */
        CreateScaleSetRequest: {
            name?: null | string;
            /**
             * Format: int32
             * @description The forge's number of the scale set, from 1; 0, which GARM's command line always sends, before it is registered there. GARM registers
             *     the scale set itself; this hub calls no forge, so the client that registers it sends the number, here or in an update. Required,
             *     so that a missing number is an error.
             */
            scale_set_id?: null | number;
            disable_update?: null | boolean;
            /** @description Further labels beside the name. */
            labels?: null | string[];
            /** @description A configured provider. */
            provider_name?: null | string;
            /** @description For a scale set `Default` when absent. */
            "github-runner-group"?: null | string;
            /** @description The start of the runners' names; `garm` when absent at the creation. */
            runner_prefix?: null | string;
            /** Format: uint32 */
            max_runners?: null | number;
            /**
             * Format: uint32
             * @description At most `max_runners`.
             */
            min_idle_runners?: null | number;
            image?: null | string;
            flavor?: null | string;
            /** @description `linux` or `windows`; the template has to be for the same. */
            os_type?: null | string;
            /** @description `amd64`, `i386`, `arm64` or `arm`. */
            os_arch?: null | string;
            enabled?: null | boolean;
            enable_shell?: null | boolean;
            /**
             * Format: uint32
             * @description Minutes. At the creation of a scale set, 20 when absent or 0; in an update of one, at least 1.
             */
            runner_bootstrap_timeout?: null | number;
            /** @description Any JSON, for the provider. JSON null is a value here, unlike in other fields. */
            extra_specs?: unknown;
            /**
             * Format: uint32
             * @description When absent at the creation: the built-in template for the forge and the operating system.
             */
            template_id?: null | number;
            /**
             * Format: uint32
             * @description 0 for none.
             */
            proxy_id?: null | number;
        };
        /** @description A new source: a GARM server, or another hub, whose entities this hub mirrors. */
        CreateSourceRequest: {
            /** @description Lower-case letters, digits and hyphens, up to 63. It is in the events, and cannot be changed. */
            name?: null | string;
            /** @description The server's base URL, http or https, without `/api/v1`. */
            url?: null | string;
            /** @description An administrator of the server. */
            username?: null | string;
            /** @description The administrator's password; never shown. */
            password?: null | string;
            /** @description PEM certificates of authorities that are trusted for this server besides the system's: base64, or the PEM text itself. */
            ca_cert_bundle?: null | string;
            /**
             * Format: int64
             * @description How often everything is listed again, in seconds, from 1 to 86,400. Default 60.
             */
            relist_seconds?: null | number;
            /** @description Default true. */
            enabled?: null | boolean;
            /** @description The host names under which the hub answers in front of the server, each with a port where clients name one; unique among all sources. */
            hosts?: null | string[];
        };
        /** @description A new runner installation template. */
        CreateTemplateRequest: {
            /** @description Unique among the templates of the user who makes it; case counts. */
            name?: null | string;
            description?: null | string;
            /**
             * Format: byte
             * @description A template of Go's `text/template`, base64 in JSON.
             */
            data?: null | string;
            /** @description `linux` or `windows`. */
            os_type?: null | string;
            /** @description `github` or `gitea`. */
            forge_type?: null | string;
        };
        /** @description The first administrator, or a further user. */
        CreateUserRequest: {
            username?: null | string;
            email?: null | string;
            full_name?: null | string;
            password?: null | string;
            /** @description Default true. The first run ignores it: the first user is enabled. */
            enabled?: null | boolean;
            /** @description Default false. The first run ignores it: the first user is an administrator. */
            is_admin?: null | boolean;
        };
        /** @description Credentials for a forge, without the secret. The default value is what GARM shows where it shows no credentials. */
        Credentials: {
            /** Format: int64 */
            id?: number;
            name?: string;
            description?: string;
            api_base_url?: string;
            upload_base_url?: string;
            base_url?: string;
            /** Format: byte */
            ca_bundle?: string;
            /** @description `pat` or `app`. */
            "auth-type"?: string;
            /** @description `github` or `gitea`. */
            forge_type?: string;
            /** @description The repositories that use them, each without its endpoint and credentials. */
            repositories?: components["schemas"]["Repository"][];
            /** @description The organizations that use them. */
            organizations?: components["schemas"]["Organization"][];
            /** @description The enterprises that use them. */
            enterprises?: components["schemas"]["Enterprise"][];
            endpoint?: components["schemas"]["Endpoint"];
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
        };
        /** @description A forge's addresses. The default value is what GARM shows where it shows no endpoint: two zero times. */
        Endpoint: {
            name?: string;
            description?: string;
            api_base_url?: string;
            upload_base_url?: string;
            base_url?: string;
            /**
             * Format: byte
             * @description PEM certificates, base64 in JSON.
             */
            ca_cert_bundle?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            /** @description Where Gitea's runner releases are listed; absent for GitHub. */
            tools_metadata_url?: string;
            /** @description Whether the hub's own list of Gitea's runner releases is used; absent for GitHub. */
            use_internal_tools_metadata?: boolean;
            /** @description `github` or `gitea`. */
            endpoint_type?: string;
        };
        /** @description A GitHub enterprise, as GARM shows it; the webhook secret is never shown. */
        Enterprise: {
            id?: string;
            name?: string;
            /** @description Its pools, each without tags, endpoint and names. */
            pool?: components["schemas"]["Pool"][];
            credentials_name?: string;
            credentials?: components["schemas"]["Credentials"];
            /** Format: int64 */
            credentials_id?: number;
            pool_manager_status?: components["schemas"]["PoolManagerStatus"];
            pool_balancing_type?: string;
            endpoint?: components["schemas"]["Endpoint"];
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            agent_mode?: boolean;
        };
        EventPage: {
            events: components["schemas"]["LoggedEvent"][];
            cursor: string;
            more: boolean;
        };
        /** @description A stored file, as GARM shows it. */
        FileObject: {
            /** Format: int64 */
            id?: number;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            name?: string;
            description?: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size?: number;
            tags?: string[];
            /** @description SHA-256 of the content, hexadecimal. */
            sha256?: string;
            /** @description A media type. */
            file_type?: string;
        };
        /** @description A part of a list. */
        FileObjectPage: {
            /**
             * Format: int64
             * @description The number of items on all pages.
             */
            total_count?: number;
            /**
             * Format: int64
             * @description The number of pages of this size.
             */
            pages?: number;
            /**
             * Format: int64
             * @description From 1.
             */
            current_page?: number;
            /**
             * Format: int64
             * @description Absent on the last page.
             */
            next_page?: null | number;
            /**
             * Format: int64
             * @description Absent on the first page.
             */
            previous_page?: null | number;
            /** @description What is on the page; agent tools show none as null. */
            results?: null | components["schemas"]["FileObject"][];
        };
        /** @description A whole Gitea server, as GARM shows it; the webhook secret is never shown. */
        ForgeInstance: {
            id?: string;
            /** @description Its pools, each without tags, endpoint and names. */
            pool?: components["schemas"]["Pool"][];
            credentials_name?: string;
            credentials?: components["schemas"]["Credentials"];
            /** Format: int64 */
            credentials_id?: number;
            pool_manager_status?: components["schemas"]["PoolManagerStatus"];
            pool_balancing_type?: string;
            endpoint?: components["schemas"]["Endpoint"];
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            agent_mode?: boolean;
        };
        /** @description A runner and the machine it runs on, as GARM shows it. Its JIT configuration and its token are never shown. */
        Instance: {
            id?: string;
            /** @description The provider's id of the machine. */
            provider_id?: string;
            /** @description The provider of the pool or scale set; empty where the instance is shown inside one of these. */
            provider_name?: string;
            /**
             * Format: int64
             * @description The forge's number for the runner; 0 while there is none, and left out then.
             */
            agent_id?: number;
            name?: string;
            os_type?: string;
            os_name?: string;
            os_version?: string;
            os_arch?: string;
            /** @description Absent in lists. */
            addresses?: components["schemas"]["Address"][];
            /** @description The machine's state. */
            status?: string;
            /** @description The runner's state. */
            runner_status?: string;
            pool_id?: string;
            /**
             * Format: int64
             * @description This hub's number of the scale set, not the forge's.
             */
            scale_set_id?: number;
            /**
             * Format: byte
             * @description The provider's error; the next change of the instance removes it.
             */
            provider_fault?: string;
            /** @description What the runner reported, oldest first; absent in lists. */
            status_messages?: components["schemas"]["StatusMessage"][];
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            "github-runner-group"?: string;
            job?: null | components["schemas"]["Job"];
            /**
             * Format: date-time
             * @description When the agent on the machine last sent a heartbeat.
             */
            heartbeat?: string;
            capabilities?: components["schemas"]["AgentCapabilities"];
            /**
             * Format: uint64
             * @description The generation of the pool or scale set when the runner was created.
             */
            generation?: number;
        };
        /** @description A runner's report of its progress (`/callbacks/status`). */
        InstanceStatusRequest: {
            /** @description The runner's next state; absent to leave it as it is. */
            status?: null | string;
            message?: null | string;
            /** Format: int64 */
            agent_id?: null | number;
        };
        /** @description A runner's report of its operating system (`/callbacks/system-info`). */
        InstanceSystemInfoRequest: {
            os_name?: null | string;
            os_version?: null | string;
            /** Format: int64 */
            agent_id?: null | number;
        };
        /** @description A workflow job that a forge reported, as GARM shows it. */
        Job: {
            /** Format: int64 */
            id?: number;
            /**
             * Format: int64
             * @description The forge's number.
             */
            workflow_job_id?: number;
            /** @description The forge's id of a job that it gave to a scale set. */
            scaleset_job_id?: string;
            /** Format: int64 */
            run_id?: number;
            action?: string;
            conclusion?: string;
            status?: string;
            name?: string;
            /**
             * Format: date-time
             * @description The zero time when the forge gave none.
             */
            started_at?: string;
            /**
             * Format: date-time
             * @description The zero time until it is completed.
             */
            completed_at?: string;
            /**
             * Format: int64
             * @description The forge's number of the runner that took it.
             */
            runner_id?: number;
            /** @description The runner that took it, if it is one of this hub's. */
            runner_name?: string;
            /** Format: int64 */
            runner_group_id?: number;
            runner_group_name?: string;
            repository_name?: string;
            repository_owner?: string;
            workflow_run_url?: string;
            labels?: string[];
            /** @description The repository whose webhook reported it; removed with the repository. */
            repo_id?: string;
            org_id?: string;
            enterprise_id?: string;
            forge_instance_id?: string;
            /** @description The entity that a runner is being made for; the nil UUID for none. */
            locked_by?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
        };
        LoggedEvent: {
            "entity-type": string;
            operation: string;
            payload: unknown;
            cursor: string;
            /** Format: date-time */
            "committed-at": string;
            left: boolean;
            entered: boolean;
            source: string;
        };
        /** @description A login. */
        LoginRequest: {
            username?: null | string;
            password?: null | string;
        };
        MetadataAccess: {
            callback_url: null | string;
            metadata_url: null | string;
            agent_url: null | string;
        };
        Object: unknown;
        /** @description An organization, as GARM shows it; the webhook secret is never shown. */
        Organization: {
            id?: string;
            name?: string;
            /** @description Its pools, each without tags, endpoint and names. */
            pool?: components["schemas"]["Pool"][];
            credentials_name?: string;
            credentials?: components["schemas"]["Credentials"];
            /** Format: int64 */
            credentials_id?: number;
            pool_manager_status?: components["schemas"]["PoolManagerStatus"];
            pool_balancing_type?: string;
            endpoint?: components["schemas"]["Endpoint"];
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            agent_mode?: boolean;
        };
        /** @description A pool of runners, as GARM shows it. */
        Pool: {
            runner_prefix?: string;
            id?: string;
            provider_name?: string;
            /** Format: uint32 */
            max_runners?: number;
            /** Format: uint32 */
            min_idle_runners?: number;
            image?: string;
            flavor?: string;
            os_type?: string;
            os_arch?: string;
            tags?: components["schemas"]["Tag"][];
            enabled?: boolean;
            /** @description Its runners, each without provider's name, addresses and messages; absent in lists. */
            instances?: components["schemas"]["Instance"][];
            enable_shell?: boolean;
            /**
             * Format: uint64
             * @description Raised by each change that a runner would notice.
             */
            generation?: number;
            repo_id?: string;
            /** @description `owner/name`. */
            repo_name?: string;
            org_id?: string;
            org_name?: string;
            enterprise_id?: string;
            enterprise_name?: string;
            forge_instance_id?: string;
            endpoint?: components["schemas"]["Endpoint"];
            /**
             * Format: uint32
             * @description Minutes that a runner may take to come up.
             */
            runner_bootstrap_timeout?: number;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            /** @description JSON for the provider, passed on unchanged; a JSON null stays one. */
            extra_specs?: unknown;
            "github-runner-group"?: string;
            /** Format: uint32 */
            priority?: number;
            /** Format: int64 */
            template_id?: number;
            template_name?: string;
            /** Format: int64 */
            proxy_id?: number;
            proxy_name?: string;
        };
        /** @description The state of an entity's runner manager, as the runners' provider reported it; `{}` before the first report. */
        PoolManagerStatus: {
            running?: boolean;
            failure_reason?: string;
        };
        /** @description The state of an entity's runner manager, reported by the runners' provider. GARM sets it itself. */
        PoolManagerStatusRequest: {
            running?: null | boolean;
            /** @description Why not; only when it is not running. */
            failure_reason?: null | string;
        };
        /** @description A configured source of runners, as GARM shows it. */
        Provider: {
            name: string;
            type: string;
            description: string;
        };
        /** @description An outbound proxy, as GARM shows it; the password is never shown. */
        Proxy: {
            /** Format: int64 */
            id?: number;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            name?: string;
            description?: string;
            http_proxy?: string;
            https_proxy?: string;
            no_proxy?: string;
            username?: string;
        };
        /** @description A repository, as GARM shows it; the webhook secret is never shown. */
        Repository: {
            id?: string;
            owner?: string;
            name?: string;
            /** @description Its pools, each without tags, endpoint and names. */
            pool?: components["schemas"]["Pool"][];
            credentials_name?: string;
            /** Format: int64 */
            credentials_id?: number;
            credentials?: components["schemas"]["Credentials"];
            agent_mode?: boolean;
            pool_manager_status?: components["schemas"]["PoolManagerStatus"];
            pool_balancing_type?: string;
            endpoint?: components["schemas"]["Endpoint"];
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
        };
        ResealAnswer: {
            /** Format: int32 */
            resealed: number;
            /** Format: int32 */
            current: number;
            unreadable: string[];
        };
        /** @description Which built-in templates get their first content back. */
        RestoreTemplatesRequest: {
            forge?: null | string;
            os_type?: null | string;
            /** @description All four; the other fields are ignored. */
            restore_all?: null | boolean;
        };
        RunnerMetadata: {
            metadata_access: components["schemas"]["MetadataAccess"];
            forge_type: string;
            runner_registration_url: string;
            runner_name: string;
            agent_mode: boolean;
            jit_enabled: boolean;
        };
        /** @description A scale set of runners, as GARM shows it. */
        ScaleSet: {
            runner_prefix?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            /** Format: int64 */
            id?: number;
            /**
             * Format: int32
             * @description The forge's number; absent while the scale set is not registered there.
             */
            scale_set_id?: number;
            name?: string;
            disable_update?: boolean;
            state?: string;
            extended_state?: string;
            provider_name?: string;
            /** Format: uint32 */
            max_runners?: number;
            /** Format: uint32 */
            min_idle_runners?: number;
            image?: string;
            flavor?: string;
            os_type?: string;
            os_arch?: string;
            enabled?: boolean;
            /** @description Its runners, each without provider's name, addresses and messages; absent in lists. */
            instances?: components["schemas"]["Instance"][];
            /**
             * Format: int32
             * @description How many runners the forge asks for.
             */
            desired_runner_count?: number;
            enable_shell?: boolean;
            /**
             * Format: uint64
             * @description Raised by each change that a runner would notice.
             */
            generation?: number;
            endpoint?: components["schemas"]["Endpoint"];
            /**
             * Format: uint32
             * @description Minutes that a runner may take to come up.
             */
            runner_bootstrap_timeout?: number;
            /** @description JSON for the provider, passed on unchanged; a JSON null stays one. */
            extra_specs?: unknown;
            "github-runner-group"?: string;
            /** @description The labels, apart from the scale set's name, which always is one. */
            tags?: components["schemas"]["Tag"][];
            /** @description GARM never fills it; always JSON null. */
            status_messages?: null | components["schemas"]["StatusMessage"][];
            repo_id?: string;
            /** @description `owner/name`. */
            repo_name?: string;
            org_id?: string;
            org_name?: string;
            enterprise_id?: string;
            enterprise_name?: string;
            /** Format: int64 */
            template_id?: number;
            /** @description Absent in lists. */
            template_name?: string;
            /** Format: int64 */
            proxy_id?: number;
            /** @description Absent in lists. */
            proxy_name?: string;
        };
        /** @description A job that the forge gave to a scale set, as newer versions of GARM list it beside the other jobs. */
        ScaleSetJob: {
            /** Format: int64 */
            id?: number;
            /** @description The forge's id. */
            scaleset_job_id?: string;
            /**
             * Format: int64
             * @description The hub's number of the scale set.
             */
            scaleset_id?: number;
            /** Format: int64 */
            workflow_run_id?: number;
            name?: string;
            status?: string;
            result?: string;
            event_name?: string;
            request_labels?: string[];
            repository_name?: string;
            repository_owner?: string;
            runner_group_name?: string;
            /** Format: int64 */
            runner_id?: number;
            /** @description The runner that took it, if it is one of this hub's. */
            runner_name?: string;
            workflow_run_url?: string;
            /**
             * Format: date-time
             * @description The zero time until a runner has it.
             */
            runner_assign_time?: string;
            /**
             * Format: date-time
             * @description The zero time until it is completed.
             */
            finish_time?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
        };
        /**
         * @description A job that the forge assigned to a scale set, reported by the scale set's listener with the fields of the job's view. GARM listens
         *     itself; the hub calls no forge, so the client that listens sends this.
         */
        ScaleSetJobRequest: {
            /** @description The forge's id; required. A known one is the same job again. */
            scaleset_job_id?: null | string;
            /** @description `queued`, `in_progress` or `completed`; required. */
            status?: null | string;
            /** @description The event that started the workflow, such as `push`. */
            action?: null | string;
            conclusion?: null | string;
            name?: null | string;
            /** Format: int64 */
            run_id?: null | number;
            repository_owner?: null | string;
            repository_name?: null | string;
            /** @description Absent for the default URL of the forge. */
            workflow_run_url?: null | string;
            labels?: null | string[];
            /**
             * Format: int64
             * @description The forge's number of the runner that took it.
             */
            runner_id?: null | number;
            /** @description The runner that took it. If it is one of the scale set's runners, its status follows the job. */
            runner_name?: null | string;
            /** Format: date-time */
            started_at?: string;
            /** Format: date-time */
            completed_at?: string;
        };
        /** @description An event session: a connection to the event socket, or a stream of events. GARM has no such list. */
        Session: {
            /** @description 32 hexadecimal digits, the same as in the node's log. No other session has it. */
            id?: string;
            /** @description The node that it is connected to: host and port of its cluster address; the machine's name without a cluster. */
            node?: string;
            /** @description The user's name. */
            user?: string;
            /** @description The client's IP address; that of the proxy where the hub does not read forwarded headers. */
            address?: string;
            /** @description `websocket`, `sse` or `ndjson`. */
            transport?: string;
            /**
             * Format: date-time
             * @description When it was opened.
             */
            since?: string;
            /**
             * @description The client's filter, as it sent it: a JSON object with `send-everything` or `filters`. Absent before the client has
             *     sent a filter, and when it is longer than 16 KiB.
             */
            filter?: unknown;
            /**
             * Format: int32
             * @description The filter's length in bytes; 0 before the client has sent one.
             */
            filter_bytes?: number;
            /**
             * @description `waiting-for-user`, `waiting-for-filter`, `waiting-for-cursor`, `snapshot`, `catching-up`, `live`,
             *             `fell-behind` or `not-responding`.
             */
            state?: string;
            /**
             * Format: int64
             * @description The changes that the client is behind: positions of the log that the hub has yet to go through for it, and frames in its queue. 0
             *     when it is live and its queue is empty. Absent when it is not known.
             */
            behind?: number;
            /**
             * Format: int64
             * @description Bytes that wait to be sent.
             */
            queued_bytes?: number;
        };
        SnapshotAnswer: {
            entities: components["schemas"]["SnapshotEntity"][];
            after: string;
            more: boolean;
            cursor: string;
        };
        SnapshotEntity: {
            "entity-type": string;
            source: string;
            payload: unknown;
        };
        /** @description A source; the password is never shown. */
        Source: {
            name?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            url?: string;
            username?: string;
            /**
             * Format: byte
             * @description PEM certificates, base64 in JSON.
             */
            ca_cert_bundle?: string;
            /** Format: int32 */
            relist_seconds?: number;
            enabled?: boolean;
            hosts?: string[];
            status?: components["schemas"]["SourceStatus"];
        };
        /** @description The state of a source's mirror. */
        SourceStatus: {
            /** @description `connecting`, `listing`, `synced`, `retrying` or `disabled`. */
            state?: string;
            /** @description The reason of the state in words; usually empty. */
            message?: string;
            /** @description The server's own id; empty until it was reached. */
            controller_id?: string;
            /** @description The server's version; empty until it was reached. */
            version?: string;
            /** @description The node of the hub that mirrors it; empty when none does. */
            node?: string;
            /**
             * Format: int64
             * @description How many entities are mirrored.
             */
            entities?: number;
            /**
             * Format: int64
             * @description The number of changes that only a list found, after the first complete list.
             */
            repairs?: number;
            /**
             * Format: date-time
             * @description When the server sent its last event, by the hub's clock; null for never.
             */
            last_event_at?: string;
            /**
             * Format: date-time
             * @description When everything was last listed and compared, by the hub's clock; null for never.
             */
            last_list_at?: string;
        };
        /** @description Something that a runner reported. */
        StatusMessage: {
            /** Format: date-time */
            created_at?: string;
            message?: string;
            /** @description `status` or `fetchToken`. */
            event_type?: string;
            /** @description `info`, `warning` or `error`. */
            event_level?: string;
        };
        /** Format: binary */
        Stream: string;
        /** @description A label that runners of a pool carry. Stored once per server, whatever the pool. */
        Tag: {
            id?: string;
            name?: string;
        };
        /** @description A runner installation template, as GARM shows it. */
        Template: {
            /** Format: int64 */
            id?: number;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            name?: string;
            description?: string;
            os_type?: string;
            forge_type?: string;
            /**
             * Format: byte
             * @description The script; null in lists.
             */
            data?: null | string;
            /** @description The name of the user who made it, or `system`. */
            owner_id?: string;
        };
        TokenAnswer: {
            token: string;
        };
        /** @description Changes of the controller's settings. Absent fields stay as they are. */
        UpdateControllerRequest: {
            metadata_url?: null | string;
            callback_url?: null | string;
            webhook_url?: null | string;
            /** @description http, https, ws or wss. */
            agent_url?: null | string;
            garm_agent_releases_url?: null | string;
            enable_agent_tools_sync?: null | boolean;
            /** @description `latest` or a version such as `v1.2.3`. */
            garm_agent_version?: null | string;
            allow_insecure_garm_agent?: null | boolean;
            /**
             * Format: uint32
             * @description Seconds.
             */
            minimum_job_age_backoff?: null | number;
            /**
             * Format: byte
             * @description PEM certificates, base64 in JSON; always counts as a change, unless there is no certificate in it.
             */
            ca_cert_bundle?: null | string;
            clear_ca_cert_bundle?: null | boolean;
        };
        /** @description Changes of a repository, organization, enterprise or forge instance. Absent and empty fields stay as they are. */
        UpdateEntityRequest: {
            /** @description Its new name, after it was renamed at the forge. GARM ignores it. A forge instance has the name of its endpoint. */
            name?: null | string;
            /** @description A repository's new owner. */
            owner?: null | string;
            /** @description They must be for the same endpoint. */
            credentials_name?: null | string;
            webhook_secret?: null | string;
            pool_balancer_type?: null | string;
            agent_mode?: null | boolean;
        };
        /** @description Changes of a file object. Absent fields stay as they are. What is in the file cannot be changed. */
        UpdateFileObjectRequest: {
            name?: null | string;
            description?: null | string;
            /** @description All tags it shall have; stored in lower case and without surrounding spaces. */
            tags?: null | string[];
        };
        /** @description Changes of Gitea credentials. Absent fields stay as they are. Their endpoint cannot be changed. */
        UpdateGiteaCredentialsRequest: {
            name?: null | string;
            description?: null | string;
            /** @description A personal access token. */
            pat?: {
                oauth2_token?: null | string;
            };
        };
        /** @description Changes of a Gitea endpoint. Absent fields stay as they are. The name cannot be changed. */
        UpdateGiteaEndpointRequest: {
            description?: null | string;
            /** @description Like the other URLs absolute, http or https; neither of the first two can change while there are credentials. */
            api_base_url?: null | string;
            base_url?: null | string;
            /** @description Empty is as if absent. */
            tools_metadata_url?: null | string;
            use_internal_tools_metadata?: null | boolean;
            /**
             * Format: byte
             * @description PEM certificates, base64 in JSON; ignored when there is no certificate in it.
             */
            ca_cert_bundle?: null | string;
        };
        /** @description Changes of credentials. Absent fields stay as they are. Their kind and endpoint cannot be changed. */
        UpdateGithubCredentialsRequest: {
            name?: null | string;
            description?: null | string;
            /** @description A personal access token. */
            pat?: {
                oauth2_token?: null | string;
            };
            /** @description A GitHub App's installation. */
            app?: {
                /** Format: int64 */
                app_id?: null | number;
                /** Format: int64 */
                installation_id?: null | number;
                /**
                 * Format: byte
                 * @description The App's RSA key as a PKCS#1 PEM, base64 in JSON.
                 */
                private_key_bytes?: null | string;
            };
        };
        /** @description Changes of a GitHub endpoint. Absent fields stay as they are. The name cannot be changed. */
        UpdateGithubEndpointRequest: {
            description?: null | string;
            /** @description Like the other URLs absolute, http or https; no URL can be changed while there are credentials. */
            api_base_url?: null | string;
            upload_base_url?: null | string;
            base_url?: null | string;
            /**
             * Format: byte
             * @description PEM certificates, base64 in JSON; ignored when there is no certificate in it.
             */
            ca_cert_bundle?: null | string;
        };
        /** @description Changes of a runner. Absent fields stay as they are, except the provider's fault, which each change clears. GARM has no such request. */
        UpdateInstanceRequest: {
            /** @description The machine's next state. */
            status?: null | string;
            /** @description The runner's next state. */
            runner_status?: null | string;
            provider_id?: null | string;
            /**
             * Format: int64
             * @description Once it is known it cannot become another; 0 stands for none.
             */
            agent_id?: null | number;
            os_name?: null | string;
            os_version?: null | string;
            /** @description They replace all addresses; an empty list is ignored. */
            addresses?: null | {
                address?: null | string;
                /** @description `public` or `private`. */
                type?: null | string;
            }[];
            /**
             * Format: byte
             * @description The provider's error, in base64.
             */
            provider_fault?: null | string;
            /**
             * Format: date-time
             * @description When the agent on the machine last sent a heartbeat.
             */
            heartbeat?: string;
            /** @description What the agent on a machine can do. */
            capabilities?: {
                has_shell?: null | boolean;
            };
            /** @description As at creation. */
            jit_configuration?: null | {
                [key: string]: string;
            };
            /** @description As at creation; another one can be read again. */
            registration_token?: null | string;
        };
        /**
         * @description Changes of a job by the client that provides its runners, for what no webhook delivery reported, such as its end. Absent fields stay
         *     as they are. GARM has no such request.
         */
        UpdateJobRequest: {
            /** @description `queued`, `in_progress` or `completed`; it only goes forward. */
            status?: null | string;
            /** @description The forge's conclusion, such as `cancelled`. */
            conclusion?: null | string;
            /** @description The runner that took it, of one of the job's entities; its status follows the job. */
            runner_name?: null | string;
            /**
             * Format: int64
             * @description The forge's number of the runner that took it.
             */
            runner_id?: null | number;
            /** Format: date-time */
            started_at?: string;
            /** Format: date-time */
            completed_at?: string;
            /** @description The entity of the job that creates a runner for it; empty or the nil UUID unlocks the job. */
            locked_by?: null | string;
        };
        /** @description Changes of a pool. Absent fields, empty texts and empty lists stay as they are. */
        UpdatePoolRequest: {
            /** @description They replace all tags; the same ones again count as a change. */
            tags?: null | string[];
            /** @description Empty removes it. */
            "github-runner-group"?: null | string;
            /** Format: uint32 */
            priority?: null | number;
            /** @description The start of the runners' names; `garm` when absent at the creation. */
            runner_prefix?: null | string;
            /** Format: uint32 */
            max_runners?: null | number;
            /**
             * Format: uint32
             * @description At most `max_runners`.
             */
            min_idle_runners?: null | number;
            image?: null | string;
            flavor?: null | string;
            /** @description `linux` or `windows`; the template has to be for the same. */
            os_type?: null | string;
            /** @description `amd64`, `i386`, `arm64` or `arm`. */
            os_arch?: null | string;
            enabled?: null | boolean;
            enable_shell?: null | boolean;
            /**
             * Format: uint32
             * @description Minutes. At the creation of a scale set, 20 when absent or 0; in an update of one, at least 1.
             */
            runner_bootstrap_timeout?: null | number;
            /** @description Any JSON, for the provider. JSON null is a value here, unlike in other fields. */
            extra_specs?: unknown;
            /**
             * Format: uint32
             * @description When absent at the creation: the built-in template for the forge and the operating system.
             */
            template_id?: null | number;
            /**
             * Format: uint32
             * @description 0 for none.
             */
            proxy_id?: null | number;
        };
        /** @description Changes of a proxy. Absent fields stay as they are. */
        UpdateProxyRequest: {
            name?: null | string;
            description?: null | string;
            http_proxy?: null | string;
            https_proxy?: null | string;
            no_proxy?: null | string;
            username?: null | string;
            /** @description Empty removes it. */
            password?: null | string;
        };
        /** @description Changes of a scale set. Absent fields and empty texts stay as they are. */
        UpdateScaleSetRequest: {
            name?: null | string;
            disable_update?: null | boolean;
            /** @description The runner group; its name differs from the one at creation, as GARM has it. */
            runner_group?: null | string;
            /** @description One of the states of a scale set. */
            state?: null | string;
            extended_state?: null | string;
            /**
             * Format: int32
             * @description Not in GARM, which gets it from the forge: the number, from 1, that the forge gave the scale set. No other scale set of the
             *     entity may have it.
             */
            scale_set_id?: null | number;
            /**
             * Format: int32
             * @description Not in GARM, whose listener sets it: how many runners the forge asks for.
             */
            desired_runner_count?: null | number;
            /** @description The start of the runners' names; `garm` when absent at the creation. */
            runner_prefix?: null | string;
            /** Format: uint32 */
            max_runners?: null | number;
            /**
             * Format: uint32
             * @description At most `max_runners`.
             */
            min_idle_runners?: null | number;
            image?: null | string;
            flavor?: null | string;
            /** @description `linux` or `windows`; the template has to be for the same. */
            os_type?: null | string;
            /** @description `amd64`, `i386`, `arm64` or `arm`. */
            os_arch?: null | string;
            enabled?: null | boolean;
            enable_shell?: null | boolean;
            /**
             * Format: uint32
             * @description Minutes. At the creation of a scale set, 20 when absent or 0; in an update of one, at least 1.
             */
            runner_bootstrap_timeout?: null | number;
            /** @description Any JSON, for the provider. JSON null is a value here, unlike in other fields. */
            extra_specs?: unknown;
            /**
             * Format: uint32
             * @description When absent at the creation: the built-in template for the forge and the operating system.
             */
            template_id?: null | number;
            /**
             * Format: uint32
             * @description 0 for none.
             */
            proxy_id?: null | number;
        };
        /** @description Changes of a source. Absent fields stay as they are. */
        UpdateSourceRequest: {
            /** @description Only the present name is accepted: it cannot be changed. */
            name?: null | string;
            /** @description The server's base URL, http or https, without `/api/v1`. */
            url?: null | string;
            /** @description An administrator of the server. */
            username?: null | string;
            /** @description The administrator's password; never shown. */
            password?: null | string;
            /** @description PEM certificates, base64 or the PEM text itself; an empty text removes them. */
            ca_cert_bundle?: null | string;
            /**
             * Format: int64
             * @description From 1 to 86,400.
             */
            relist_seconds?: null | number;
            /** @description The hub does not connect to a source that is disabled; what was mirrored stays. */
            enabled?: null | boolean;
            /** @description They replace all host names. */
            hosts?: null | string[];
        };
        /** @description Changes of a template. Absent fields stay as they are. */
        UpdateTemplateRequest: {
            name?: null | string;
            description?: null | string;
            /**
             * Format: byte
             * @description Empty is as if absent.
             */
            data?: null | string;
        };
        /** @description Changes of a user. Absent fields stay as they are. A password always voids the user's tokens. */
        UpdateUserRequest: {
            username?: null | string;
            email?: null | string;
            full_name?: null | string;
            password?: null | string;
            enabled?: null | boolean;
            is_admin?: null | boolean;
        };
        /** @description A user of the hub, as GARM's first run shows it; the password is never shown. */
        User: {
            id?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            email?: string;
            username?: string;
            full_name?: string;
            enabled?: boolean;
            is_admin?: boolean;
        };
        /** @description The outcome of a webhook delivery. GARM has no such list. */
        WebhookDelivery: {
            /** @description The forge's id of it. */
            id?: string;
            /** Format: date-time */
            received_at?: string;
            /** @description The event that it reports, such as `workflow_job` or `ping`. */
            event?: string;
            /** @description What happened to the job, such as `queued`. */
            action?: string;
            /**
             * Format: int64
             * @description The forge's number of the job.
             */
            workflow_job_id?: number;
            /** @description The entity, as the forge names it: `repository acme/site`. */
            entity?: string;
            /** @description `accepted`; `ignored`, with success; or `refused`. */
            outcome?: string;
            /** @description Why it was not accepted, in one word; `docs/runners.md` lists them. */
            reason?: string;
            /** @description The reason in words. */
            details?: string;
            /**
             * Format: int32
             * @description The HTTP status that it was answered with.
             */
            status?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    TakeWebhook: {
        parameters: {
            query?: never;
            header: {
                /** @description only workflow_job is processed */
                "X-Github-Event": string;
                /** @description HMAC of the body, with the entity's webhook secret */
                "X-Hub-Signature-256"?: string;
                /** @description repository, organization or business */
                "X-Github-Hook-Installation-Target-Type"?: string;
                /** @description a delivery that was accepted before changes nothing */
                "X-Github-Delivery"?: string;
                /** @description present when Gitea sends it */
                "X-Gitea-Hook-Installation-Target-Type"?: string;
                /** @description as X-Github-Delivery */
                "X-Gitea-Delivery"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Object"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    TakeControllerWebhook: {
        parameters: {
            query?: never;
            header: {
                /** @description only workflow_job is processed */
                "X-Github-Event": string;
                /** @description HMAC of the body, with the entity's webhook secret */
                "X-Hub-Signature-256"?: string;
                /** @description repository, organization or business */
                "X-Github-Hook-Installation-Target-Type"?: string;
                /** @description a delivery that was accepted before changes nothing */
                "X-Github-Delivery"?: string;
                /** @description present when Gitea sends it */
                "X-Gitea-Hook-Installation-Target-Type"?: string;
                /** @description as X-Github-Delivery */
                "X-Gitea-Delivery"?: string;
            };
            path: {
                controllerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Object"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    FirstRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "admin",
                 *       "email": "admin@example.com",
                 *       "full_name": "Ada Admin",
                 *       "password": "a long and unusual passphrase"
                 *     }
                 */
                "application/json": components["schemas"]["CreateUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    Login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "admin",
                 *       "password": "a long and unusual passphrase"
                 *     }
                 */
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetMetricsToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ControllerInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Controller"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetController: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Controller"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateController: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "metadata_url": "https://garm.example.com/api/v1/metadata",
                 *       "callback_url": "https://garm.example.com/api/v1/callbacks",
                 *       "webhook_url": "https://garm.example.com/webhooks"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateControllerRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Controller"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ForceToolsSync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "admin",
                 *       "email": "admin@example.com",
                 *       "full_name": "Ada Admin",
                 *       "password": "a long and unusual passphrase"
                 *     }
                 */
                "application/json": components["schemas"]["CreateUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "east",
                 *       "url": "https://garm-east.example.com",
                 *       "username": "hub",
                 *       "password": "a long and unusual passphrase",
                 *       "relist_seconds": 60,
                 *       "hosts": [
                 *         "garm-east.example.com"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateSourceRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateSourceRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ResealSecrets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResealAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    WatchEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching Protocols */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    StreamEvents: {
        parameters: {
            query?: {
                /** @description a message of the event socket; everything when absent */
                filter?: string;
                /** @description now, earliest, snapshot or a cursor; now when absent. The header Last-Event-ID overrides it */
                cursor?: string;
                /** @description snapshot: begin with the current entities when the cursor is expired or unknown */
                "on-expired"?: string;
                /** @description 0 to 3600; 30 when absent */
                "heartbeat-seconds"?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Stream"];
                    "application/x-ndjson": components["schemas"]["Stream"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    WatchMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching Protocols */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    WatchLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching Protocols */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    WatchLogOlder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching Protocols */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    EndSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListEvents: {
        parameters: {
            query?: {
                /** @description a cursor, earliest or now; earliest when absent */
                after?: string;
                /** @description 1 to 1000; 100 when absent */
                limit?: number;
                /** @description a message of the event socket */
                filter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ReadSnapshot: {
        parameters: {
            query?: {
                /** @description a message of the event socket; everything when absent */
                filter?: string;
                /** @description 1 to 1000; 100 when absent */
                limit?: number;
                /** @description the "after" of the page before; the first page when absent */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListGithubEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null | components["schemas"]["Endpoint"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateGithubEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "ghes",
                 *       "base_url": "https://ghes.example.com",
                 *       "api_base_url": "https://ghes.example.com/api/v3",
                 *       "upload_base_url": "https://ghes.example.com/api/uploads"
                 *     }
                 */
                "application/json": components["schemas"]["CreateGithubEndpointRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetGithubEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateGithubEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGithubEndpointRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteGithubEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListGiteaEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null | components["schemas"]["Endpoint"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateGiteaEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "gitea",
                 *       "base_url": "https://gitea.example.com",
                 *       "api_base_url": "https://gitea.example.com"
                 *     }
                 */
                "application/json": components["schemas"]["CreateGiteaEndpointRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetGiteaEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateGiteaEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGiteaEndpointRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoint"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteGiteaEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null | components["schemas"]["Credentials"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "ci",
                 *       "description": "token of the CI user",
                 *       "endpoint": "github.com",
                 *       "auth_type": "pat",
                 *       "pat": {
                 *         "oauth2_token": "ghp_example"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateGithubCredentialsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGithubCredentialsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListCredentialsOlder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null | components["schemas"]["Credentials"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListGiteaCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null | components["schemas"]["Credentials"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateGiteaCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "ci",
                 *       "description": "token of the CI user",
                 *       "endpoint": "gitea",
                 *       "auth_type": "pat",
                 *       "pat": {
                 *         "oauth2_token": "example"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateGiteaCredentialsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetGiteaCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateGiteaCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGiteaCredentialsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteGiteaCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListProxies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proxy"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateProxy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "corp",
                 *       "http_proxy": "http://proxy.example.com:3128",
                 *       "no_proxy": "localhost"
                 *     }
                 */
                "application/json": components["schemas"]["CreateProxyRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proxy"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetProxy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proxy"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateProxy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "http_proxy": "http://proxy2.example.com:3128"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProxyRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proxy"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteProxy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                proxyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListPools: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdatePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                poolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "max_runners": 8,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["UpdatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeletePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListScalesets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetScaleSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scaleSetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateScaleSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scaleSetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scale_set_id": 17,
                 *       "state": "created"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateScaleSetRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteScaleSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scaleSetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListScaleSetInstances: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description pending_create, creating, running, stopped, error, deleting, pending_delete, pending_force_delete, deleted, unknown; several with commas */
                status?: string;
                /** @description pending, installing, idle, active, offline, failed, terminated; several with commas */
                runner_status?: string;
                /** @description only runners of an older generation */
                outdatedOnly?: boolean;
            };
            header?: never;
            path: {
                scaleSetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateScaleSetInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scaleSetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "runner-1",
                 *       "job_id": 42
                 *     }
                 */
                "application/json": components["schemas"]["CreateInstanceRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListAllScaleSetJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSetJob"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListScaleSetJobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scaleSetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSetJob"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ReportScaleSetJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scaleSetId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scaleset_job_id": "c6a1b9d2",
                 *       "status": "queued",
                 *       "labels": [
                 *         "linux-large"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ScaleSetJobRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListInstances: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description pending_create, creating, running, stopped, error, deleting, pending_delete, pending_force_delete, deleted, unknown; several with commas */
                status?: string;
                /** @description pending, installing, idle, active, offline, failed, terminated; several with commas */
                runner_status?: string;
                /** @description a pool's id; several with commas */
                pool_id?: string;
                /** @description a scale set's number; several with commas */
                scale_set_id?: string;
                /** @description a repository's id; several with commas */
                repo_id?: string;
                /** @description an organization's id; several with commas */
                org_id?: string;
                /** @description an enterprise's id; several with commas */
                enterprise_id?: string;
                /** @description a forge instance's id; several with commas */
                forge_instance_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "running",
                 *       "provider_id": "i-0123",
                 *       "addresses": [
                 *         {
                 *           "address": "10.0.0.7",
                 *           "type": "private"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UpdateInstanceRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteInstance: {
        parameters: {
            query?: {
                /** @description ignore the provider's errors */
                forceRemove?: boolean;
                /** @description no effect: the hub calls no forge */
                bypassGHUnauthorized?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateInstanceToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListPoolInstances: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description pending_create, creating, running, stopped, error, deleting, pending_delete, pending_force_delete, deleted, unknown; several with commas */
                status?: string;
                /** @description pending, installing, idle, active, offline, failed, terminated; several with commas */
                runner_status?: string;
                /** @description only runners of an older generation */
                outdatedOnly?: boolean;
            };
            header?: never;
            path: {
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreatePoolInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                poolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "runner-1",
                 *       "job_id": 42
                 *     }
                 */
                "application/json": components["schemas"]["CreateInstanceRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListJobs: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description queued, in_progress, completed; several with commas */
                status?: string;
                /** @description a scale set's number; several with commas */
                scale_set_id?: string;
                /** @description a repository's id; several with commas */
                repo_id?: string;
                /** @description an organization's id; several with commas */
                org_id?: string;
                /** @description an enterprise's id; several with commas */
                enterprise_id?: string;
                /** @description a forge instance's id; several with commas */
                forge_instance_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "completed",
                 *       "conclusion": "success"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateJobRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description 1 to 500, the number of stored deliveries */
                limit?: number;
                /** @description accepted, ignored, refused */
                outcome?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListTemplates: {
        parameters: {
            query?: {
                /** @description linux or windows */
                osType?: string;
                /** @description github or gitea */
                forgeType?: string;
                /** @description part of the name */
                partialName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "linux-custom",
                 *       "description": "with our tools",
                 *       "data": "IyEvYmluL2Jhc2gK",
                 *       "os_type": "linux",
                 *       "forge_type": "github"
                 *     }
                 */
                "application/json": components["schemas"]["CreateTemplateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    RestoreTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "restore_all": true
                 *     }
                 */
                "application/json": components["schemas"]["RestoreTemplatesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                templateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                templateId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "with our tools and a cache"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateTemplateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                templateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListFileObjects: {
        parameters: {
            query?: {
                /** @description comma-separated; files that have all of them */
                tags?: string;
                /** @description from 1 */
                page?: number;
                /** @description 25 when absent */
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileObjectPage"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateFileObject: {
        parameters: {
            query?: never;
            header: {
                /** @description the file's name */
                "X-File-Name": string;
                /** @description for people */
                "X-File-Description"?: string;
                /** @description comma-separated */
                "X-Tags"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileObject"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetFileObject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                objectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileObject"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateFileObject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                objectId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateFileObjectRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileObject"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteFileObject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                objectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DownloadFileObject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                objectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Stream"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DownloadFileObjectHead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                objectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    AdminGarmAgentList: {
        parameters: {
            query?: {
                /** @description the releases of the releases page: always empty here */
                upstream?: boolean;
                /** @description from 1 */
                page?: number;
                /** @description 25 when absent */
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentToolPage"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UploadGARMAgentTool: {
        parameters: {
            query?: never;
            header: {
                /** @description the tool's name */
                "X-Tool-Name": string;
                /** @description for people */
                "X-Tool-Description"?: string;
                /** @description linux or windows */
                "X-Tool-OS-Type": string;
                /** @description amd64 or arm64 */
                "X-Tool-OS-Arch": string;
                /** @description its version */
                "X-Tool-Version": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileObject"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListGARMAgentReleases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown[];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListRepos: {
        parameters: {
            query?: {
                /** @description of repositories */
                owner?: string;
                /** @description the exact name */
                name?: string;
                /** @description the exact endpoint */
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateRepo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "owner": "octo",
                 *       "name": "app",
                 *       "credentials_name": "ci",
                 *       "webhook_secret": "a random text",
                 *       "pool_balancer_type": "roundrobin"
                 *     }
                 */
                "application/json": components["schemas"]["CreateRepositoryRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetRepo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateRepo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credentials_name": "ci-2"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateEntityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteRepo: {
        parameters: {
            query?: {
                /** @description no effect: the hub installs no webhooks */
                keepWebhook?: boolean;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateRepoPoolManagerStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "running": false,
                 *       "failure_reason": "the forge refused the token"
                 *     }
                 */
                "application/json": components["schemas"]["PoolManagerStatusRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListRepoInstances: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description pending_create, creating, running, stopped, error, deleting, pending_delete, pending_force_delete, deleted, unknown; several with commas */
                status?: string;
                /** @description pending, installing, idle, active, offline, failed, terminated; several with commas */
                runner_status?: string;
                /** @description a pool's id; several with commas */
                pool_id?: string;
                /** @description a scale set's number; several with commas */
                scale_set_id?: string;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListRepoScaleSets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateRepoScaleSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "linux-large",
                 *       "scale_set_id": 0,
                 *       "provider_name": "lxd",
                 *       "image": "ubuntu:24.04",
                 *       "flavor": "large",
                 *       "os_type": "linux",
                 *       "os_arch": "amd64",
                 *       "max_runners": 5
                 *     }
                 */
                "application/json": components["schemas"]["CreateScaleSetRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListRepoPools: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateRepoPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider_name": "lxd",
                 *       "image": "ubuntu:24.04",
                 *       "flavor": "default",
                 *       "os_type": "linux",
                 *       "os_arch": "amd64",
                 *       "tags": [
                 *         "linux",
                 *         "x64"
                 *       ],
                 *       "max_runners": 4,
                 *       "min_idle_runners": 1,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["CreatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetRepoPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateRepoPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "max_runners": 8,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["UpdatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteRepoPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListOrgs: {
        parameters: {
            query?: {
                /** @description of repositories */
                owner?: string;
                /** @description the exact name */
                name?: string;
                /** @description the exact endpoint */
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateOrg: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "octo",
                 *       "credentials_name": "ci",
                 *       "webhook_secret": "a random text"
                 *     }
                 */
                "application/json": components["schemas"]["CreateEntityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credentials_name": "ci-2"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateEntityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteOrg: {
        parameters: {
            query?: {
                /** @description no effect: the hub installs no webhooks */
                keepWebhook?: boolean;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateOrgPoolManagerStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "running": false,
                 *       "failure_reason": "the forge refused the token"
                 *     }
                 */
                "application/json": components["schemas"]["PoolManagerStatusRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListOrgInstances: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description pending_create, creating, running, stopped, error, deleting, pending_delete, pending_force_delete, deleted, unknown; several with commas */
                status?: string;
                /** @description pending, installing, idle, active, offline, failed, terminated; several with commas */
                runner_status?: string;
                /** @description a pool's id; several with commas */
                pool_id?: string;
                /** @description a scale set's number; several with commas */
                scale_set_id?: string;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListOrgScaleSets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateOrgScaleSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "linux-large",
                 *       "scale_set_id": 0,
                 *       "provider_name": "lxd",
                 *       "image": "ubuntu:24.04",
                 *       "flavor": "large",
                 *       "os_type": "linux",
                 *       "os_arch": "amd64",
                 *       "max_runners": 5
                 *     }
                 */
                "application/json": components["schemas"]["CreateScaleSetRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListOrgPools: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateOrgPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider_name": "lxd",
                 *       "image": "ubuntu:24.04",
                 *       "flavor": "default",
                 *       "os_type": "linux",
                 *       "os_arch": "amd64",
                 *       "tags": [
                 *         "linux",
                 *         "x64"
                 *       ],
                 *       "max_runners": 4,
                 *       "min_idle_runners": 1,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["CreatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetOrgPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateOrgPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "max_runners": 8,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["UpdatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteOrgPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListEnterprises: {
        parameters: {
            query?: {
                /** @description of repositories */
                owner?: string;
                /** @description the exact name */
                name?: string;
                /** @description the exact endpoint */
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enterprise"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateEnterprise: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "octo",
                 *       "credentials_name": "ci",
                 *       "webhook_secret": "a random text"
                 *     }
                 */
                "application/json": components["schemas"]["CreateEntityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enterprise"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetEnterprise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enterprise"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateEnterprise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credentials_name": "ci-2"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateEntityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enterprise"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteEnterprise: {
        parameters: {
            query?: {
                /** @description no effect: the hub installs no webhooks */
                keepWebhook?: boolean;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateEnterprisePoolManagerStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "running": false,
                 *       "failure_reason": "the forge refused the token"
                 *     }
                 */
                "application/json": components["schemas"]["PoolManagerStatusRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enterprise"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListEnterpriseInstances: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description pending_create, creating, running, stopped, error, deleting, pending_delete, pending_force_delete, deleted, unknown; several with commas */
                status?: string;
                /** @description pending, installing, idle, active, offline, failed, terminated; several with commas */
                runner_status?: string;
                /** @description a pool's id; several with commas */
                pool_id?: string;
                /** @description a scale set's number; several with commas */
                scale_set_id?: string;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListEnterpriseScaleSets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateEnterpriseScaleSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "linux-large",
                 *       "scale_set_id": 0,
                 *       "provider_name": "lxd",
                 *       "image": "ubuntu:24.04",
                 *       "flavor": "large",
                 *       "os_type": "linux",
                 *       "os_arch": "amd64",
                 *       "max_runners": 5
                 *     }
                 */
                "application/json": components["schemas"]["CreateScaleSetRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScaleSet"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListEnterprisePools: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateEnterprisePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider_name": "lxd",
                 *       "image": "ubuntu:24.04",
                 *       "flavor": "default",
                 *       "os_type": "linux",
                 *       "os_arch": "amd64",
                 *       "tags": [
                 *         "linux",
                 *         "x64"
                 *       ],
                 *       "max_runners": 4,
                 *       "min_idle_runners": 1,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["CreatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetEnterprisePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateEnterprisePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "max_runners": 8,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["UpdatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteEnterprisePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListForgeInstances: {
        parameters: {
            query?: {
                /** @description of repositories */
                owner?: string;
                /** @description the exact name */
                name?: string;
                /** @description the exact endpoint */
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgeInstance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateForgeInstance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "endpoint_name": "gitea",
                 *       "credentials_name": "ci",
                 *       "webhook_secret": "a random text"
                 *     }
                 */
                "application/json": components["schemas"]["CreateForgeInstanceRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgeInstance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetForgeInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgeInstance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateForgeInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credentials_name": "ci-2"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateEntityRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgeInstance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteForgeInstance: {
        parameters: {
            query?: {
                /** @description no effect: the hub installs no webhooks */
                keepWebhook?: boolean;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateForgeInstancePoolManagerStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "running": false,
                 *       "failure_reason": "the forge refused the token"
                 *     }
                 */
                "application/json": components["schemas"]["PoolManagerStatusRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForgeInstance"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListForgeInstanceInstances: {
        parameters: {
            query?: {
                /** @description 1 to 100000; all when absent */
                limit?: number;
                /** @description the id of the last row that you have; it may have been deleted since */
                after?: string;
                /** @description pending_create, creating, running, stopped, error, deleting, pending_delete, pending_force_delete, deleted, unknown; several with commas */
                status?: string;
                /** @description pending, installing, idle, active, offline, failed, terminated; several with commas */
                runner_status?: string;
                /** @description a pool's id; several with commas */
                pool_id?: string;
                /** @description a scale set's number; several with commas */
                scale_set_id?: string;
            };
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ListForgeInstancePools: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"][];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    CreateForgeInstancePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "provider_name": "lxd",
                 *       "image": "ubuntu:24.04",
                 *       "flavor": "default",
                 *       "os_type": "linux",
                 *       "os_arch": "amd64",
                 *       "tags": [
                 *         "linux",
                 *         "x64"
                 *       ],
                 *       "max_runners": 4,
                 *       "min_idle_runners": 1,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["CreatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetForgeInstancePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    UpdateForgeInstancePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "max_runners": 8,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["UpdatePoolRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    DeleteForgeInstancePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entityId: string;
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ReportStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "installing",
                 *       "message": "unpacking the runner"
                 *     }
                 */
                "application/json": components["schemas"]["InstanceStatusRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    ReportSystemInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "os_name": "Ubuntu",
                 *       "os_version": "24.04",
                 *       "agent_id": 5
                 *     }
                 */
                "application/json": components["schemas"]["InstanceSystemInfoRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetRunnerMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerMetadata"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetRegistrationToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stream"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetInstallScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetRunnerFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fileName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Stream"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetServiceName: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["Stream"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    GetCertificateBundle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateBundle"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    RunnerGarmAgentList: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 25 when absent */
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentToolPage"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
    RunnerGarmAgentDownload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                objectId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Stream"];
                };
            };
            /** @description Refused. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiError"];
                };
            };
        };
    };
}
