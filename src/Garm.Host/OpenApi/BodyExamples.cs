using System.Text.Json.Nodes;
using Garm.Contracts.Requests;

namespace Garm.Host.OpenApi;

/// <summary>Examples of request bodies for the API's description. A test validates each against its schema.</summary>
internal static class BodyExamples
{
    private static readonly Dictionary<Type, string> Texts = new()
    {
        [typeof(LoginRequest)] = """{"username":"admin","password":"a long and unusual passphrase"}""",
        [typeof(CreateUserRequest)] =
            """{"username":"admin","email":"admin@example.com","full_name":"Ada Admin","password":"a long and unusual passphrase"}""",
        [typeof(UpdateUserRequest)] = """{"enabled":false}""",
        [typeof(UpdateControllerRequest)] =
            """{"metadata_url":"https://garm.example.com/api/v1/metadata","callback_url":"https://garm.example.com/api/v1/callbacks","webhook_url":"https://garm.example.com/webhooks"}""",
        [typeof(CreateGithubEndpointRequest)] =
            """{"name":"ghes","base_url":"https://ghes.example.com","api_base_url":"https://ghes.example.com/api/v3","upload_base_url":"https://ghes.example.com/api/uploads"}""",
        [typeof(CreateGithubCredentialsRequest)] =
            """{"name":"ci","description":"token of the CI user","endpoint":"github.com","auth_type":"pat","pat":{"oauth2_token":"ghp_example"}}""",
        [typeof(CreateGiteaEndpointRequest)] =
            """{"name":"gitea","base_url":"https://gitea.example.com","api_base_url":"https://gitea.example.com"}""",
        [typeof(CreateGiteaCredentialsRequest)] =
            """{"name":"ci","description":"token of the CI user","endpoint":"gitea","auth_type":"pat","pat":{"oauth2_token":"example"}}""",
        [typeof(CreateRepositoryRequest)] =
            """{"owner":"octo","name":"app","credentials_name":"ci","webhook_secret":"a random text","pool_balancer_type":"roundrobin"}""",
        [typeof(CreateEntityRequest)] = """{"name":"octo","credentials_name":"ci","webhook_secret":"a random text"}""",
        [typeof(CreateForgeInstanceRequest)] = """{"endpoint_name":"gitea","credentials_name":"ci","webhook_secret":"a random text"}""",
        [typeof(UpdateEntityRequest)] = """{"credentials_name":"ci-2"}""",
        [typeof(PoolManagerStatusRequest)] = """{"running":false,"failure_reason":"the forge refused the token"}""",
        [typeof(CreatePoolRequest)] =
            """{"provider_name":"lxd","image":"ubuntu:24.04","flavor":"default","os_type":"linux","os_arch":"amd64","tags":["linux","x64"],"max_runners":4,"min_idle_runners":1,"enabled":true}""",
        [typeof(UpdatePoolRequest)] = """{"max_runners":8,"enabled":true}""",
        [typeof(CreateScaleSetRequest)] =
            """{"name":"linux-large","scale_set_id":0,"provider_name":"lxd","image":"ubuntu:24.04","flavor":"large","os_type":"linux","os_arch":"amd64","max_runners":5}""",
        [typeof(UpdateScaleSetRequest)] = """{"scale_set_id":17,"state":"created"}""",
        [typeof(ScaleSetJobRequest)] = """{"scaleset_job_id":"c6a1b9d2","status":"queued","labels":["linux-large"]}""",
        [typeof(CreateInstanceRequest)] = """{"name":"runner-1","job_id":42}""",
        [typeof(UpdateInstanceRequest)] =
            """{"status":"running","provider_id":"i-0123","addresses":[{"address":"10.0.0.7","type":"private"}]}""",
        [typeof(InstanceStatusRequest)] = """{"status":"installing","message":"unpacking the runner"}""",
        [typeof(InstanceSystemInfoRequest)] = """{"os_name":"Ubuntu","os_version":"24.04","agent_id":5}""",
        [typeof(UpdateJobRequest)] = """{"status":"completed","conclusion":"success"}""",
        [typeof(CreateProxyRequest)] = """{"name":"corp","http_proxy":"http://proxy.example.com:3128","no_proxy":"localhost"}""",
        [typeof(UpdateProxyRequest)] = """{"http_proxy":"http://proxy2.example.com:3128"}""",
        [typeof(CreateSourceRequest)] =
            """{"name":"east","url":"https://garm-east.example.com","username":"hub","password":"a long and unusual passphrase","relist_seconds":60,"hosts":["garm-east.example.com"]}""",
        [typeof(UpdateSourceRequest)] = """{"enabled":false}""",
        [typeof(CreateTemplateRequest)] =
            """{"name":"linux-custom","description":"with our tools","data":"IyEvYmluL2Jhc2gK","os_type":"linux","forge_type":"github"}""",
        [typeof(UpdateTemplateRequest)] = """{"description":"with our tools and a cache"}""",
        [typeof(RestoreTemplatesRequest)] = """{"restore_all":true}""",
    };

    /// <summary>The example for a request type; null when there is none.</summary>
    public static JsonNode? Of(Type type) => Texts.TryGetValue(type, out var text) ? JsonNode.Parse(text) : null;
}
