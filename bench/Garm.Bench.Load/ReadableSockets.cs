using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Garm.Bench.Load;

/// <summary>
/// One thread that waits for all sockets and reads the ones that have something (Linux' epoll). The framework's own way hands
/// every arrival from thread to thread and asks the system twice: on a machine that the generator shares with the server, that
/// comes off the server's speed. It ends with the process.
/// </summary>
internal sealed class ReadableSockets
{
    private const int Add = 1;
    private const int Remove = 2;
    private const uint Readable = 1;
    private const int AtOnce = 256;
    private const int Interrupted = 4;

    // struct epoll_event { uint32_t events; uint64_t data; }, which x86-64 alone packs.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(ulong);

    private readonly Reading _reading;
    private readonly List<Subscriber> _subscribers = [];
    private readonly int _poll;

    public ReadableSockets(Reading reading)
    {
        _reading = reading;
        _poll = Check(epoll_create1(0));
        new Thread(Work) { IsBackground = true, Name = "subscribers" }.Start();
    }

    /// <summary>Reads this one too from now on.</summary>
    public void Watch(Subscriber subscriber)
    {
        int number;
        lock (_reading.Gate)
        {
            number = _subscribers.Count;
            _subscribers.Add(subscriber);
        }

        Span<byte> wanted = stackalloc byte[16];
        Unsafe.WriteUnaligned(ref wanted[0], Readable);
        Unsafe.WriteUnaligned(ref wanted[DataOffset], (ulong)number);
        Check(epoll_ctl(_poll, Add, Descriptor(subscriber.Socket), ref wanted[0]));
    }

    private void Work()
    {
        var events = new byte[AtOnce * EventSize];
        while (true)
        {
            var count = epoll_wait(_poll, ref events[0], AtOnce, -1);
            if (count < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            Check(count);
            lock (_reading.Gate)
            {
                if (_reading.IsOver) return;
                for (var i = 0; i < count; i++)
                {
                    var number = Unsafe.ReadUnaligned<ulong>(ref events[(i * EventSize) + DataOffset]);
                    Read(_subscribers[(int)number]);
                }
            }
        }
    }

    private void Read(Subscriber subscriber)
    {
        if (subscriber.ReadAvailable()) return;
        _reading.Ledger.Closed++;
        var none = default(byte);
        Check(epoll_ctl(_poll, Remove, Descriptor(subscriber.Socket), ref none));
    }

    private static int Descriptor(Socket socket) => (int)socket.Handle;

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(int poll, int operation, int descriptor, ref byte wanted);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_wait(int poll, ref byte events, int capacity, int milliseconds);
}
