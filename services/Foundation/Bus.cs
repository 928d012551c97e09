using System.Reflection;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Training.Foundation;

static class Bus
{
    const int Partitions = 16;

    internal static void AddBus(this WebApplicationBuilder builder) => builder.Services.AddMassTransit(bus =>
    {
        bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(prefix: builder.Environment.ServiceName(), includeNamespace: false));
        bus.AddConsumers([.. Assembly.Load(builder.Environment.ApplicationName).GetTypes().Where(type => type.IsAssignableTo(typeof(IConsumer)) && type.IsClass)]);
        bus.AddConfigureEndpointsCallback((context, _, endpoint) =>
        {
            endpoint.PrefetchCount = 4 * Partitions;
            // Facts of one stream one after the other, streams side by side; a retry keeps its place.
            endpoint.UsePartitioner<ConsumeContext>(Partitions, message => message.Headers.Get<string>(Header.Stream) is { } stream ? Guid.Parse(stream) : Guid.Empty);
            endpoint.UseMessageRetry(retry =>
            {
                retry.Ignore<RuleBroken>();
                retry.Intervals(20, 50, 100, 300, 1_000, 3_000, 10_000);
            });
            endpoint.UseConsumeFilter(typeof(OriginOfMessage<>), context);
            endpoint.UseConsumeFilter(typeof(Inbox<>), context);
        });
        bus.UsingRabbitMq((context, rabbit) =>
        {
            rabbit.Host(new Uri(builder.Configuration.GetConnectionString("bus") ?? throw new InvalidOperationException("ConnectionStrings:bus is missing.")));
            rabbit.ConfigureJsonSerializerOptions(json =>
            {
                json.UseHouseStyle();
                return json;
            });
            rabbit.ConfigureEndpoints(context);
        });
    });
}
