using Garm.Host;
using Garm.Host.Configuration;

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
