# The hub, and garmctl. `docker build -t garm .`; docker-compose.yml runs three of them, deploy/ has other ways.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# Only what names the packages: while none of these files changes, the packages come from the build's cache.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Garm.Actors/Garm.Actors.csproj src/Garm.Actors/
COPY src/Garm.Cli/Garm.Cli.csproj src/Garm.Cli/
COPY src/Garm.Client/Garm.Client.csproj src/Garm.Client/
COPY src/Garm.Contracts/Garm.Contracts.csproj src/Garm.Contracts/
COPY src/Garm.Data/Garm.Data.csproj src/Garm.Data/
COPY src/Garm.Data.PostgreSql/Garm.Data.PostgreSql.csproj src/Garm.Data.PostgreSql/
COPY src/Garm.Data.SqlServer/Garm.Data.SqlServer.csproj src/Garm.Data.SqlServer/
COPY src/Garm.Data.Sqlite/Garm.Data.Sqlite.csproj src/Garm.Data.Sqlite/
COPY src/Garm.Host/Garm.Host.csproj src/Garm.Host/
COPY src/Garm.Log/Garm.Log.csproj src/Garm.Log/
COPY src/Garm.WebConsole/Garm.WebConsole.csproj src/Garm.WebConsole/
COPY src/Garm.WebSockets/Garm.WebSockets.csproj src/Garm.WebSockets/
RUN dotnet restore src/Garm.Host/Garm.Host.csproj --arch $TARGETARCH -p:PublishReadyToRun=true \
    && dotnet restore src/Garm.Cli/Garm.Cli.csproj --arch $TARGETARCH

COPY . .

# ReadyToRun: the program is compiled ahead of time, so that a start takes half as much of the processor.
RUN dotnet publish src/Garm.Host/Garm.Host.csproj --configuration Release --arch $TARGETARCH --no-self-contained \
    -p:PublishReadyToRun=true --no-restore --output /app
RUN dotnet publish src/Garm.Cli/Garm.Cli.csproj --configuration Release --arch $TARGETARCH --no-self-contained \
    --no-restore --output /garmctl

FROM mcr.microsoft.com/dotnet/aspnet:10.0
LABEL org.opencontainers.image.title="Garm" org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=build /app .
COPY --from=build /garmctl /opt/garmctl
RUN ln -s /opt/garmctl/garmctl /usr/local/bin/garmctl

# The image's own user without rights; the data folder is the only place that it writes to.
RUN mkdir /data && chown $APP_UID:$APP_UID /data
USER $APP_UID
VOLUME /data

ENV Urls=http://+:9997 \
    Garm__DataDirectory=/data \
    GARM_HUB=/app/Garm.Host.dll
EXPOSE 9997 4053

# The image has no curl; the program asks itself. Alive, not ready: a node that waits for its database is not restarted.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["dotnet", "Garm.Host.dll", "check-health", "http://127.0.0.1:9997/healthz"]

# Exec form: the program is process 1 and gets SIGTERM.
ENTRYPOINT ["dotnet", "Garm.Host.dll"]
