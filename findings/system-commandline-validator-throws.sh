#!/usr/bin/env bash
# System.CommandLine 3.0.0: if a CustomParser rejects a value with AddError, a validator of the command still runs, and reading the option there with
# GetValue throws. The exception leaves Parse itself, so an option that was merely mistyped ends the program instead of being in ParseResult.Errors.
# GetResult(option) can be asked whether the option was given.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > probe.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="System.CommandLine" Version="3.0.0" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'PROGRAM'
using System.CommandLine;

var option = new Option<int?>("--count")
{
    CustomParser = result =>
    {
        result.AddError("--count takes a number.");
        return null;
    },
};
Console.WriteLine($"validator with GetValue: {Parse(result => result.GetValue(option) is null)}");
Console.WriteLine($"validator with GetResult: {Parse(result => result.GetResult(option) is null)}");
return Parse(result => result.GetValue(option) is null).StartsWith("InvalidOperationException", StringComparison.Ordinal)
    && Parse(result => result.GetResult(option) is null) == "1 error" ? 0 : 1;

string Parse(Func<System.CommandLine.Parsing.CommandResult, bool> isMissing)
{
    var root = new RootCommand { option };
    root.Validators.Add(result =>
    {
        if (isMissing(result))
            result.AddError("--count is missing.");
    });
    try
    {
        return $"{root.Parse(["--count", "x"]).Errors.Count()} error";
    }
    catch (InvalidOperationException e)
    {
        return $"{e.GetType().Name}: {e.Message}";
    }
}
PROGRAM
dotnet run --verbosity quiet
