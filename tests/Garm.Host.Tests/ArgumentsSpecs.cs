using Garm.Host.Commands;

namespace Garm.Host.Tests;

/// <summary>The arguments of the command line.</summary>
public sealed class ArgumentsSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData("--urls http://127.0.0.1:0")]
    [InlineData("--Garm:Jwt:TimeToLive=12h --Garm:Cluster:Port 4053")]
    [InlineData("Garm:Jwt:TimeToLive=12h /Garm:Cluster:Port=4053")]
    public void Settings_AreAccepted(string line)
    {
        Assert.Null(Arguments.Problem(Words(line)));
        Assert.Null(Arguments.Answer(Words(line)));
    }

    [Theory]
    [InlineData("start", "\"start\" is not accepted")]
    [InlineData("-v", "\"-v\" is not accepted")]
    [InlineData("--help --urls http://127.0.0.1:0", "--help has no value")]
    [InlineData("--urls", "--urls has no value; accepted: --urls=<value>")]
    [InlineData("--urls http://127.0.0.1:0 and more", "\"and\" is not accepted")]
    public void WhatTheFrameworkWouldPassOver_IsRefused(string line, string problem) =>
        Assert.StartsWith(problem, Arguments.Problem(Words(line)), StringComparison.Ordinal);

    [Theory]
    [InlineData("--help", "check-health <url>")]
    [InlineData("-h", "docs/configuration.md")]
    [InlineData("--version", "0.")]
    public void Questions_AreAnswered(string line, string answer) =>
        Assert.Contains(answer, Arguments.Answer(Words(line)), StringComparison.Ordinal);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
