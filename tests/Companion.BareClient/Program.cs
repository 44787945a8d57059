#pragma warning disable RS0030 // the entry point owns the console
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Companion.BareClient;

// Each line on stdin is work to do. Each line on stdout is the result.
using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
using var http = new HttpClient(handler);
var isFirst = true;
while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
{
    var work = JsonSerializer.Deserialize(line, BareJson.Default.Work)!;
    if (isFirst)
        handler.MaxConnectionsPerServer = work.Connections ?? int.MaxValue;
    isFirst = false;
    var times = new double[work.Iterations];
    var next = -1;
    var started = Stopwatch.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, work.Concurrency).Select(_ => RunAsync())).ConfigureAwait(false);
    var result = new Result(Stopwatch.GetElapsedTime(started).TotalMilliseconds, times, Environment.WorkingSet);
    Console.WriteLine(JsonSerializer.Serialize(result, BareJson.Default.Result));

    async Task RunAsync()
    {
        for (int iteration; (iteration = Interlocked.Increment(ref next)) < work.Iterations;)
        {
            var since = Stopwatch.GetTimestamp();
            foreach (var request in work.Requests)
                await SendAsync(work, request).ConfigureAwait(false);
            times[iteration] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }
    }
}

async Task SendAsync(Work work, Request request)
{
    using var message = new HttpRequestMessage(new HttpMethod(request.Method), work.Url + request.Path);
    message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + work.Key);
    if (request.Body is { } body)
        message.Content = new StringContent(body, Encoding.UTF8, "application/json");
    using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
    var content = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
    await using var reading = content.ConfigureAwait(false);
    await content.CopyToAsync(Stream.Null).ConfigureAwait(false);
    response.EnsureSuccessStatusCode();
}
