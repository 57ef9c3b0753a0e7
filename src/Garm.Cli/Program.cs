using System.Runtime.InteropServices;
using Garm.Cli;
using Garm.Cli.Access;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await GarmCli.RunAsync(args, CliHost.ForProcess(), stop.Token);

// The first signal ends the command in good order; a second one is left to the system, should that hang.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
