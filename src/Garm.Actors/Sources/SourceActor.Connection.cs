using Akka.Actor;
using Garm.Actors.Telemetry;
using Garm.Contracts.Events;
using Garm.Log.Sources;

namespace Garm.Actors.Sources;

/// <summary>The connection to the server, and its lists.</summary>
internal sealed partial class SourceActor
{
    private bool OnConnectionMessage(object message)
    {
        switch (message)
        {
            case FrameCame came when came.Connection == _connection && _connection != 0:
                OnFrame(came.Frame);
                return true;
            case FrameCame came when came.Connection == _connecting && _connecting != 0:
                // Which server it is of is known when the connection is open.
                _early.Add(came.Frame);
                return true;
            case SocketEnded ended when ended.Connection == _connection:
                Apply(_machine.Lost(ended.Message));
                return true;
            case SocketEnded ended when ended.Connection == _connecting:
                _endedEarly = ended.Message;
                return true;
            case ConnectionOpened opened:
                OnOpened(opened);
                return true;
            case ConnectionRefused refused when refused.Connection == _connecting:
                _connecting = 0;
                _early.Clear();
                Apply(_machine.ConnectFailed(MessageOf(refused.Cause), refused.Cause is LoginRefusedException));
                return true;
            case TimerDue due:
                Apply(_machine.Due(due.Timer));
                return true;
            case TypeBegins begins when begins.Run == _run:
                _run.Touched.Clear();
                _run.Seen.Clear();
                begins.Taken.TrySetResult();
                return true;
            case EntitiesListed part when part.Run == _run:
                OnListed(part);
                return true;
            case PartResolved resolved when resolved.Part.Run == _run:
                OnResolved(resolved);
                return true;
            case PartFailed failed:
                failed.Taken.TrySetException(failed.Cause);
                return true;
            case TypeListed list when list.Run == _run:
                OnTypeListed(list);
                return true;
            case MissingFound missing when missing.List.Run == _run:
                OnMissing(missing);
                return true;
            case ListRead read when read.Run == _run:
                OnListRead(read);
                return true;
            default:
                return false;
        }
    }

    private void Apply(IReadOnlyList<SourceAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case SourceAction.Plan plan:
                    Timers.StartSingleTimer(plan.Timer, new TimerDue(plan.Timer), plan.After);
                    break;
                case SourceAction.Cancel cancel:
                    Timers.Cancel(cancel.Timer);
                    break;
                case SourceAction.Do { Step: var step }:
                    Do(step);
                    break;
            }
        }

        Tell();
    }

    private void Do(SourceStep step)
    {
        switch (step)
        {
            case SourceStep.Connect:
                Connect();
                break;
            case SourceStep.Adopt:
                Close(_session);
                (_session, _opened) = (_opened, null);
                break;
            case SourceStep.Disconnect:
                _run?.Dispose();
                Close(_session);
                (_run, _session, _connection) = (null, null, 0);
                break;
            case SourceStep.Forget:
                Forget();
                break;
            case SourceStep.List:
                _run?.Dispose();
                _run = new ListRun(_session!, Self, PartSize, _answered);
                _run.Start();
                break;
        }
    }

    // Events of the former server that wait are written first: the index then has all that is to be deleted.
    private void Forget()
    {
        _run?.Dispose();
        _run = null;

        // What follows is another mirror's beginning, and no repair.
        _lastList = null;
        AfterWrites(() =>
        {
            DeleteAll();
            AfterWrites(() => Apply(_machine.Forgotten()));
        });
    }

    private void Connect()
    {
        if (_connecting != 0) return;
        var number = _connecting = ++_lastConnection;
        _endedEarly = null;
        var (connector, settings, stop, listener) = (_ports.Connector, _settings, _stopped.Token, new Listener(Self, number));
        ConnectAsync(connector, settings, listener, stop).PipeTo(
            Self, success: x => new ConnectionOpened(number, x), failure: e => new ConnectionRefused(number, e));
    }

    // What is thrown before the first await fails the attempt and not the actor.
    private static async Task<ISourceSession> ConnectAsync(
        ISourceConnector connector, SourceSettings settings, ISourceListener listener, CancellationToken cancellation)
    {
        if (settings.Password is null)
            throw new SourceException("its password cannot be decrypted: this node's Garm:Secrets:Passphrase is not the one that it was sealed with");
        var session = await connector.ConnectAsync(settings, listener, cancellation).ConfigureAwait(false);

        // The actor may stop before it gets the connection; nothing else would close it then.
        cancellation.Register(() => Close(session));
        return session;
    }

    private void OnOpened(ConnectionOpened opened)
    {
        if (opened.Connection != _connecting)
        {
            Close(opened.Session);
            return;
        }

        // Another version may lack routes that the former one had.
        if (opened.Session.Server.Version != _machine.Version) _answered.Clear();
        (_connection, _connecting, _opened) = (opened.Connection, 0, opened.Session);
        Apply(_machine.Connected(opened.Session.Server));
        foreach (var frame in _early) OnFrame(frame);
        _early.Clear();
        if (_endedEarly is { } message) Apply(_machine.Lost(message));
    }

    private void OnFrame(ReadOnlyMemory<byte> bytes)
    {
        SourceTelemetry.EventsCame(_settings.Name, 1);
        _lastEvent = Now;

        // The list that begins when the former server's entities are gone is newer than these events.
        if (_machine.IsForgetting) return;
        if (SourceFrame.Read(bytes) is not { } frame) return;
        if (frame.Change is not { } change)
        {
            Apply(_machine.ListWanted());
            return;
        }

        _run?.Touched.Add(change.Key);
        Enqueue(change, 0);
        if (_queue.Bytes > _options.MaxQueuedBytes) Apply(_machine.Lost("the database takes its events more slowly than they come"));
    }

    private void OnListed(EntitiesListed part)
    {
        var unknown = new List<ListedEntity>();
        foreach (var entity in part.Entities)
        {
            var key = new MirrorKey(part.Type, entity.Id);
            if (part.Run.Seen.Add(entity.Id) && !part.Run.Touched.Contains(key) && !_index.IsVerified(key, entity.Fingerprint)) unknown.Add(entity);
        }

        if (unknown.Count == 0)
        {
            part.Taken.TrySetResult();
            return;
        }

        var (mirror, name, run) = (_ports.Mirror, _settings.Name, part.Run);
        ListResolver.ResolveAsync(mirror, run.Session, name, part.Type, unknown, run.Stopped).PipeTo(
            Self, success: x => new PartResolved(part, x), failure: e => new PartFailed(part.Taken, e));
    }

    private void OnResolved(PartResolved resolved)
    {
        var (part, result) = (resolved.Part, resolved.Result);
        foreach (var entity in result.Same)
        {
            var key = new MirrorKey(part.Type, entity.Id);
            if (!part.Run.Touched.Contains(key)) _index.Verify(key, entity.Fingerprint);
        }

        // What an event touched while the list was read is newer than the list may be.
        foreach (var (change, fingerprint) in result.Changes)
        {
            if (!part.Run.Touched.Contains(change.Key)) Enqueue(change, fingerprint);
        }

        TakeWhenRoom(part.Taken);
    }

    private void OnTypeListed(TypeListed list)
    {
        var missing = _index.IdsOf(list.Type)
            .Where(x => !list.Run.Seen.Contains(x) && !list.Run.Touched.Contains(new MirrorKey(list.Type, x))).ToList();
        if (missing.Count == 0 || !SourceRoutes.IsPaged(list.Type))
        {
            OnMissing(new MissingFound(list, missing));
            return;
        }

        // An entry may move to a page that was read already: each that is missing is asked for.
        var run = list.Run;
        FindGoneAsync(run, list.Type, missing).PipeTo(
            Self, success: x => new MissingFound(list, x), failure: e => new PartFailed(list.Taken, e));
    }

    private static async Task<IReadOnlyList<string>> FindGoneAsync(ListRun run, EntityType type, IReadOnlyList<string> ids)
    {
        var gone = new List<string>();
        foreach (var id in ids)
        {
            var route = $"{SourceRoutes.ListsOf(type)[0]}/{Uri.EscapeDataString(id)}";
            if (await run.Session.GetAsync(route, run.Stopped).ConfigureAwait(false) is null) gone.Add(id);
        }

        return gone;
    }

    private void OnMissing(MissingFound missing)
    {
        foreach (var id in missing.Ids)
        {
            var key = new MirrorKey(missing.List.Type, id);
            if (!missing.List.Run.Touched.Contains(key)) Enqueue(new MirrorChange(key, default, IsDeletion: true, IsListed: true), 0);
        }

        TakeWhenRoom(missing.List.Taken);
    }

    private void OnListRead(ListRead read) => AfterWrites(() =>
    {
        if (read.Run != _run) return;
        _run = null;
        _answered.UnionWith(read.Run.Answered);
        read.Run.Dispose();
        var outcome = new ListOutcome(read.Failure?.Message, read.Failure is LoginEndedException && read.Run.Session == _session);
        if (read.Failure is null) _lastList = Now;
        Apply(_machine.Listed(outcome));
    });

    private void DeleteAll()
    {
        foreach (var key in _index.Keys.ToList()) Enqueue(new MirrorChange(key, default, IsDeletion: true, IsListed: true), 0);
    }

    private static string MessageOf(Exception cause) => cause is SourceException ? cause.Message : $"the connection failed: {cause.Message}";

    private sealed class Listener(IActorRef actor, int number) : ISourceListener
    {
        public void OnFrame(ReadOnlyMemory<byte> frame) => actor.Tell(new FrameCame(number, frame));

        public void OnEnd(string message) => actor.Tell(new SocketEnded(number, message));
    }
}
