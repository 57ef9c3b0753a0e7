using System.Globalization;
using Garm.Host;
using Garm.Host.Commands;
using Garm.Host.Configuration;
using Garm.Host.Lifetime;

// No text of the hub depends on the machine's language. (The runtime's invariant mode would do that too, but the client of
// SQL Server does not work in it.)
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

if (args is [HealthCheckCommand.Name, .. var rest]) return await HealthCheckCommand.RunAsync(rest, Console.Error);
if (args is [BackupCommand.Name, .. var toBackUp]) return await BackupCommand.RunAsync(toBackUp, Console.Out, Console.Error);
if (Arguments.Answer(args) is { } answer)
{
    await Console.Out.WriteLineAsync(answer);
    return ExitCodes.Ok;
}

if (Arguments.Problem(args) is { } problem)
{
    await Console.Error.WriteLineAsync($"garm: wrong argument: {problem}");
    return ExitCodes.WrongSetting;
}

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
catch (Exception e)
{
    // An unforeseen failure: its stack trace is needed to repair it.
    await Console.Error.WriteLineAsync($"garm: failed: {e}");
    return ExitCodes.Failed;
}
