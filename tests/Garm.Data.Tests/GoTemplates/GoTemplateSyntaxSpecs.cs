using Garm.Data.GoTemplates;
using Xunit;

namespace Garm.Data.Tests.GoTemplates;

/// <summary>Which texts Go's <c>text/template</c> parses, and what it says of the others.</summary>
public sealed class GoTemplateSyntaxSpecs
{
    [Theory]
    [InlineData("")]
    [InlineData("#!/bin/sh\necho hello")]
    [InlineData("echo {{ .RunnerName }} {{.A.B.C}}")]
    [InlineData("{{- /* a comment }} with braces */ -}}")]
    [InlineData("{{ if and .A (not .B) }}a{{ else if eq .C \"x\" }}b{{ else }}c{{ end }}")]
    [InlineData("{{ range $i, $v := .Items }}{{ $i }}={{ $v.Name | printf \"%s\" }}{{ if .Stop }}{{ break }}{{ end }}{{ else }}none{{ end }}")]
    [InlineData("{{ with $x := index .Map \"key\" }}{{ $x }}{{ $.Root }}{{ end }}")]
    [InlineData("{{ define \"t\" }}{{ . }}{{ end }}{{ template \"t\" .A }}{{ block \"b\" . }}x{{ end }}")]
    [InlineData("{{ $x := 1 }}{{ $x = 2 }}{{ $x }}")]
    [InlineData("{{ `raw }}` }} {{ 'a' }} {{ 0x1F }} {{ -1.5e3 }} {{ true }} {{ print nil }}")]
    [InlineData("{{ (index .List 0).Name }}")]
    [InlineData("a }} b { c")]
    public void ATemplate_ShouldPass(string text) => Assert.Null(GoTemplateSyntax.FindError(text));

    [Theory]
    [InlineData("{{ .Broken", "line 1: unclosed action")]
    [InlineData("a\nb {{ .Broken\n", "line 3: unclosed action started at :2")]
    [InlineData("{{ if }}", "line 1: missing value for if")]
    [InlineData("{{}}", "line 1: missing value for command")]
    [InlineData("{{ if .A }}a", "line 1: unexpected EOF")]
    [InlineData("a\n{{ end }}", "line 2: unexpected {{end}}")]
    [InlineData("{{ else }}", "line 1: unexpected {{else}}")]
    [InlineData("{{ if .A }}{{ else }}{{ else }}{{ end }}", "line 1: expected end; found {{else}}")]
    [InlineData("{{ nosuch .A }}", "line 1: function \"nosuch\" not defined")]
    [InlineData("{{ $x }}", "line 1: undefined variable \"$x\"")]
    [InlineData("{{ if .A }}{{ $x := 1 }}{{ end }}{{ $x }}", "line 1: undefined variable \"$x\"")]
    [InlineData("{{ \"open }}", "line 1: unterminated quoted string")]
    [InlineData("{{ (.A }}", "line 1: unclosed left paren")]
    [InlineData("{{ .A) }}", "line 1: unexpected right paren")]
    [InlineData("{{/* open", "line 1: unclosed comment")]
    [InlineData("{{ break }}", "line 1: {{break}} outside {{range}}")]
    [InlineData("{{ .A | 3 }}", "line 1: non executable command in pipeline stage 2")]
    [InlineData("{{ template .A }}", "line 1: unexpected \".A\" in template clause")]
    [InlineData("{{ 12ab }}", "line 1: bad number syntax: \"12ab\"")]
    [InlineData("{{ range $a, $b, $c := .A }}{{ end }}", "line 1: too many declarations in range")]
    public void AnythingElse_ShouldBeRefused_InGosWords(string text, string error) =>
        Assert.Equal(error, GoTemplateSyntax.FindError(text));
}
