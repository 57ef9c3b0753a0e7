using Garm.Host;
using Garm.Host.Configuration;
using Garm.Host.Health;

if (args is [HealthCheckCommand.Name, .. var rest]) return await HealthCheckCommand.RunAsync(rest, Console.Error);

try
{
    await GarmApplication.RunAsync(args);
    return ExitCodes.Ok;
}
catch (SettingException e)
{
    await Console.Error.WriteLineAsync($"garm: wrong setting {e.Message}");
    return ExitCodes.WrongSetting;
}
catch (StartException e)
{
    await Console.Error.WriteLineAsync($"garm: cannot start: {e.Message}");
    return ExitCodes.Failed;
}
