#pragma warning disable RS0030 // the entry point may use the console
using System.Text.Encodings.Web;
using System.Text.Json;
using Companion.Protocol.Generator;

var options = new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
var text = OpenRpcDocument.Build().ToJsonString(options) + "\n";
if (args is [var path])
    File.WriteAllText(path, text);
else
    Console.Write(text);
