using System.CommandLine;
using Companion.Server.Cli.Output;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion completion</c></summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _companion() {
          local line="${COMP_WORDS[*]:0:COMP_CWORD+1}"
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(companion "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _companion companion
        """;

    private const string Zsh = """
        #compdef companion
        _companion() {
          local line="${(j: :)words[1,CURRENT]}"
          local -a found
          found=("${(@f)$(companion "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -a found
        }
        compdef _companion companion
        """;

    private const string Fish = """
        function __companion_complete
            set -l line (commandline -cp)
            companion "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c companion -f -a '(__companion_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName companion -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString()
            companion "[suggest:$cursorPosition]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly IReadOnlyDictionary<string, string> Scripts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
    };

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell: bash, zsh, fish, or pwsh." }.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print a script that completes commands and options in a shell.") { shell };
        command.SetAction((args, _) =>
        {
            terminal.Print(Scripts[args.GetRequiredValue(shell)]);
            return Task.FromResult(ExitCode.InEffect);
        });
        return command;
    }
}
