using System.Text;
using Garm.Contracts.Events;
using Garm.Log;

namespace Garm.Benchmarks;

/// <summary>Changes of the usual size.</summary>
internal static class Samples
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes($$"""{"id":"8ec3f0a2","name":"e1","description":"{{new string('x', 300)}}"}""");

    public static LogEpoch Epoch { get; } = new("0123456789abcdef");

    public static Change Change(long position) => new(
        new LogPosition(position), EntityType.Pool, ChangeOperation.Update, "8ec3f0a2", Payload, DateTimeOffset.UnixEpoch);
}
