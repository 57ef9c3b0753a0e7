using Garm.Actors.Hosting;
using Garm.Actors.Tests.Support;

namespace Garm.Actors.Tests.Hosting;

public sealed class GarmHoconSpecs : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("garm-hocon-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ProjectsFile_ShouldHoldAkkasKeysOnly()
    {
        var config = GarmHocon.Load(HoconFolder.Path, null, []);

        Assert.Equal(["akka"], config.Root.GetObject().Items.Keys);
        Assert.Equal("local", config.GetString("akka.actor.provider"));
        Assert.False(config.GetBoolean("akka.coordinated-shutdown.run-by-clr-shutdown-hook", true));
        Assert.False(config.GetBoolean("akka.coordinated-shutdown.exit-clr", true));
        Assert.False(config.GetBoolean("akka.log-dead-letters", true));
    }

    [Fact]
    public void ClustersFile_ShouldHoldAkkasKeysOnly_AndRestOnTheHubs()
    {
        var config = GarmHocon.LoadCluster(HoconFolder.Path, null, [new("AKKA__CLUSTER__LOG_INFO", "on")]);

        Assert.Equal(["akka"], config.Root.GetObject().Items.Keys);
        Assert.Equal("cluster", config.GetString("akka.actor.provider"));
        Assert.Equal(4_000_000, config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size"));
        Assert.False(config.GetBoolean("akka.remote.dot-netty.tcp.batching.enabled", true));
        Assert.Empty(config.GetStringList("akka.cluster.seed-nodes"));
        Assert.Equal("keep-majority", config.GetString("akka.cluster.split-brain-resolver.active-strategy"));
        Assert.False(config.GetBoolean("akka.cluster.split-brain-resolver.down-all-when-unstable", true));
        Assert.False(config.GetBoolean("akka.cluster.pub-sub.send-to-dead-letters-when-no-subscribers", true));
        Assert.False(config.GetBoolean("akka.coordinated-shutdown.exit-clr", true));
        Assert.False(config.GetBoolean("akka.log-dead-letters", true));
        Assert.True(config.GetBoolean("akka.cluster.log-info"));
    }

    [Fact]
    public void Environment_ShouldWinOverTheEnvironmentsFile_AndThatOverTheGeneralOne()
    {
        Write("garm.conf", "akka { a = general, b = general, c = general }");
        Write("garm.staging.conf", "akka { b = staging, c = staging }");

        var config = GarmHocon.Load(_folder.FullName, "Staging", [new("AKKA__C", "variable"), new("PATH", "nothing")]);

        Assert.Equal("general", config.GetString("akka.a"));
        Assert.Equal("staging", config.GetString("akka.b"));
        Assert.Equal("variable", config.GetString("akka.c"));
        Assert.False(config.HasPath("path"));
    }

    [Theory]
    [InlineData("AKKA__REMOTE__DOT_NETTY__TCP__PORT", "4053", "akka.remote.dot-netty.tcp.port", "4053")]
    [InlineData("Akka__LogLevel", "DEBUG", "akka.loglevel", "DEBUG")]
    [InlineData("AKKA__HOST", "[::1]", "akka.host", "[::1]")]
    [InlineData("AKKA__X", "say \"hi\" \\ {", "akka.x", "say \"hi\" \\ {")]
    public void Variable_ShouldBecomeASetting(string name, string value, string path, string expected)
    {
        Write("garm.conf", "akka {}");

        Assert.Equal(expected, GarmHocon.Load(_folder.FullName, null, [new(name, value)]).GetString(path));
    }

    [Fact]
    public void Variable_ShouldBecomeAList()
    {
        Write("garm.conf", "akka {}");

        var config = GarmHocon.Load(_folder.FullName, null, [new("AKKA__CLUSTER__SEED_NODES", """["a","b"]""")]);

        Assert.Equal(["a", "b"], config.GetStringList("akka.cluster.seed-nodes"));
    }

    [Fact]
    public void NoFile_ShouldStopTheStart_AndBeNamed()
    {
        var failure = Assert.Throws<FileNotFoundException>(() => GarmHocon.Load(_folder.FullName, null, []));
        Assert.Contains(Path.Combine(_folder.FullName, "garm.conf"), failure.Message);
    }

    [Theory]
    [InlineData("akka { a = 1", "line 1: '}' is missing")]
    [InlineData("akka {\n  a = [1, }", "line 2: '}' closes nothing")]
    [InlineData("akka { a = 1 }\n}", "line 2: '}' closes nothing")]
    [InlineData("akka {\n  a = \"open }", "line 2: the quote is not closed")]
    [InlineData("akka { a = ${nowhere} }", "nowhere")]
    public void BrokenFile_ShouldStopTheStart_AndSayWhere(string text, string where)
    {
        Write("garm.conf", text);

        var failure = Assert.Throws<FormatException>(() => GarmHocon.Load(_folder.FullName, null, []));

        Assert.Contains("garm.conf", failure.Message);
        Assert.Contains(where, failure.Message);
    }

    [Fact]
    public void Brackets_ShouldNotCount_InTextAndComments()
    {
        Write("garm.conf", """"
            akka { # not closed: {
              // nor this: [
              a = "} \" ]"
              b = """ { "
              [ """
            }
            """");

        Assert.Equal("} \" ]", GarmHocon.Load(_folder.FullName, null, []).GetString("akka.a"));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
