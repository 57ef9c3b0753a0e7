module garm-sample-autoscaler

go 1.19
